/** One loop that owns the state: step, store, desired state, diff, ordering, proof, drain. */
package io.natator.core;
