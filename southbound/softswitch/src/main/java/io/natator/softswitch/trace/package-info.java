/** Packets as people write them, for {@code natator switch trace}. Pure. */
package io.natator.softswitch.trace;
