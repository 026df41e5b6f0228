/** What the API shows at any moment, and who is told when it changes. */
package io.natator.server.watch;
