/** natator commands: a gRPC client. */
package io.natator.cli;
