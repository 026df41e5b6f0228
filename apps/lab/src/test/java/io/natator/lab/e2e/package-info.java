/** End to end, on real Open vSwitch and BIRD, through the public API and the command line. */
package io.natator.lab.e2e;
