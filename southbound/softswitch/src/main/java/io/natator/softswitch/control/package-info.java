/**
 * Looking into a running switch, by a UNIX socket: one line with a command in, text out, end. What is shown looks as
 * Open vSwitch's tools show it, where they do.
 */
package io.natator.softswitch.control;
