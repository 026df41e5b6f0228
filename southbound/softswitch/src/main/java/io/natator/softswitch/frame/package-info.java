/** Frames in off-heap memory: where they are, what they hold, how to change them. Allocates nothing per packet. */
package io.natator.softswitch.frame;
