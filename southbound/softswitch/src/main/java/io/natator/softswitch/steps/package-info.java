/** What translating does to a packet: pure, but for the octets of the frame and the tables that it is given. */
package io.natator.softswitch.steps;
