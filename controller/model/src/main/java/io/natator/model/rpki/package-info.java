/** Who may announce what, as holders of addresses say (RFC 6480, 6811): pure. */
package io.natator.model.rpki;
