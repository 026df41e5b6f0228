/** Frames from and to interfaces, in batches. Implementations share one small contract, {@link PortIo}. */
package io.natator.softswitch.io;
