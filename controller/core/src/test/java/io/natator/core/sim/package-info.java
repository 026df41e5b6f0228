/** A simulated network on a fake clock: switches that execute rules, neighbours that keep routes, seeded failures. */
package io.natator.core.sim;
