/**
 * OpenFlow 1.3 (wire version 4) and 1.4 (wire version 5) bytes. Pure: no sockets, threads, clocks or logging. openflowj
 * builds and reads the small messages ({@link io.natator.openflow.codec.Messages}); what is hot, or what openflowj cannot
 * do, is written by hand with named offsets. Decoders never throw.
 */
package io.natator.openflow.codec;
