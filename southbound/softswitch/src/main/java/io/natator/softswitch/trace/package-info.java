/** Packets as people write them, for {@code natator switch trace}. */
package io.natator.softswitch.trace;
