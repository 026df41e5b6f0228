/** The system calls and netlink messages that packet sockets need and Java lacks. */
package io.natator.softswitch.io.linux;
