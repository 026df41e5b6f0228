/** Asks all software switches about sessions and pools, and puts their answers together. */
package io.natator.server.sessions;
