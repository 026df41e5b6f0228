/** A network of namespaces, veth pairs and real daemons, recorded so that it can always be removed. */
package io.natator.lab.net;
