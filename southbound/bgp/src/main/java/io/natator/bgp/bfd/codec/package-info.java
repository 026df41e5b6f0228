/** BFD control packets between bytes and meaning: pure, any bytes give a verdict. */
package io.natator.bgp.bfd.codec;
