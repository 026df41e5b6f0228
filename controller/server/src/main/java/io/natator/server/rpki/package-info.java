/** Who may announce what, as a file says. */
package io.natator.server.rpki;
