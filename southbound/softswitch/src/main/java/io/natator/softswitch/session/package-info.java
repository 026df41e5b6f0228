/**
 * What the translator remembers: sessions, mappings and hosts in off-heap tables of fixed size, a timer wheel, allocators of
 * addresses and ports. One thread owns all of it; nothing is allocated per packet. docs/sessions.md tells the whole.
 */
package io.natator.softswitch.session;
