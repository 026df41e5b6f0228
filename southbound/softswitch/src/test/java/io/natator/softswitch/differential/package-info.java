/** The same rules and packets through this switch and through Open vSwitch (docs/softswitch-vs-ovs.md). */
package io.natator.softswitch.differential;
