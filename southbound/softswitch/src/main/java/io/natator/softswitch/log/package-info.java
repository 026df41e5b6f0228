/**
 * The session log: who had which outside address and port when. The datapath's thread puts events into a ring and never
 * waits; one thread takes them out, to files and to an IPFIX collector; readers look them up.
 *
 * <pre>
 *   datapath thread             session-log thread                          any thread, any process
 *
 *   SessionRecorder ──ring──▶ Recording ──▶ SegmentWriter ──▶ files ──▶ LogReader
 *         │                       └───────▶ IpfixSink ──▶ UDP
 *         └ full: counted
 * </pre>
 *
 * docs/session-log.md has the format of the files.
 */
package io.natator.softswitch.log;
