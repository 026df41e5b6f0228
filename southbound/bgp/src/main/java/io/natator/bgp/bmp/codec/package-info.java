/** BMP messages: pure. */
package io.natator.bgp.bmp.codec;
