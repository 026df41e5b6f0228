/** The port NORMAL: a plain learning switch, for each VLAN its own. */
package io.natator.softswitch.learn;
