/**
 * What happens to a packet: parsed, looked up in the flow cache, or walked through the tables ({@link
 * io.natator.softswitch.pipeline.Pipeline}); changed and sent by {@link io.natator.softswitch.pipeline.Executor}. Allocates
 * nothing for a packet whose path is known.
 */
package io.natator.softswitch.pipeline;
