/** The connection to the daemon and what it answers when it refuses. */
package io.natator.cli.client;
