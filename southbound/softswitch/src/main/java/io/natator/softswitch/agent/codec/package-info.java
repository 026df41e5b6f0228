/**
 * The switch's side of OpenFlow 1.3 (wire version 4): octets of requests to what the datapath understands, and what it
 * answers to octets. Section numbers are those of OpenFlow 1.3.5. Written by hand, since flow-mods are hot and one
 * unknown detail must not cost more than its own message. Pure, and nothing throws on any octets.
 */
package io.natator.softswitch.agent.codec;
