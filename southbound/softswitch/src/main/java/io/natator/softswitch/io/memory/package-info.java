/** Ports without an interface, for tests. */
package io.natator.softswitch.io.memory;
