/**
 * Drives the core: one thread, one bounded queue in front of it.
 *
 * <pre>
 *  netty threads (OpenFlow, BGP) ─┐                    ┌─▶ store (before what depends on it)
 *  gRPC threads ──────────────────┼─▶ queue ─▶ thread ─┼─▶ switches, speakers (never block)
 *  time ──────────────────────────┘   natator-core     └─▶ news: API, watchers, metrics
 * </pre>
 */
package io.natator.core.loop;
