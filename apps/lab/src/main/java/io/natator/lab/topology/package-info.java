/** The demo network: hosts, switch, router and an outside client, in three variants. */
package io.natator.lab.topology;
