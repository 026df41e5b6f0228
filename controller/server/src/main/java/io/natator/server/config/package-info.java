/** The configuration file of the daemon. */
package io.natator.server.config;
