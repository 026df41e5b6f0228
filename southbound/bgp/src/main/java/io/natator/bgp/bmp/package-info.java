/** What sessions do, told to a collector (RFC 7854, 8671): connection and thread. */
package io.natator.bgp.bmp;
