/** OpenFlow: framing, codec, switch session, capability discovery, reconcile. */
package io.natator.openflow;
