/** What neighbours tell us: counted, capped and forgotten, for nothing is imported. */
package io.natator.bgp.ribin;
