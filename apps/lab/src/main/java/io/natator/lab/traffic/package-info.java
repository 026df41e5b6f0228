/** Measured traffic inside namespaces: pings with exact accounts, HTTP downloads. */
package io.natator.lab.traffic;
