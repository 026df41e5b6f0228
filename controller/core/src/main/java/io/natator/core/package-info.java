/**
 * The controller's mind: a deterministic state machine. {@link io.natator.core.Core#step} folds events
 * (intents, what switches and neighbours tell, time) into the state and returns what is to be done.
 * No I/O, no threads, no clock in this package; {@code loop} drives it, {@code store} remembers.
 *
 * <pre>
 *  gRPC ──intents──▶ ┌──────┐ ──Desire, Probe, Resolve, ReadCounters──▶ switches
 *  switches ──────▶  │ Core │ ──Announce, Neighbors──▶ BGP speakers
 *  neighbours ────▶  │ step │ ──Remember──▶ store
 *  time ──────────▶  └──────┘ ──Publish──▶ API, watchers, metrics
 * </pre>
 */
package io.natator.core;
