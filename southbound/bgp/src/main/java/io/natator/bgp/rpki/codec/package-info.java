/** RPKI-to-Router PDUs between bytes and meaning: pure, any bytes give a verdict. */
package io.natator.bgp.rpki.codec;
