/** What outlives the process. An intent is acknowledged only after {@link io.natator.core.store.Store#commit} returned. */
package io.natator.core.store;
