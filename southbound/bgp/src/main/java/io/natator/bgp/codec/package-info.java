/** BGP-4 messages between bytes and meaning: pure, and never throwing on what came from the network. */
package io.natator.bgp.codec;
