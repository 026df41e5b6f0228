/** Meters and their bands. */
package io.natator.softswitch.meter;
