/** gRPC services: thin, one class each. */
package io.natator.server.api;
