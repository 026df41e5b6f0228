/** VRPs from RPKI-to-Router caches (RFC 8210, 6810): connections and threads. */
package io.natator.bgp.rpki;
