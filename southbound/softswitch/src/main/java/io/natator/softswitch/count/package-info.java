/** Counters of the datapath: every drop has one. docs/counters.md explains each. */
package io.natator.softswitch.count;
