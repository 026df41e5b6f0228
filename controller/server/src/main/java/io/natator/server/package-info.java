/** The daemon: Guice wiring, configuration, gRPC services, metrics. */
package io.natator.server;
