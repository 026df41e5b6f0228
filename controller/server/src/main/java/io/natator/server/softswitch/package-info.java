/** The software switch as a process of its own, and looking into it: {@code natator switch}. */
package io.natator.server.softswitch;
