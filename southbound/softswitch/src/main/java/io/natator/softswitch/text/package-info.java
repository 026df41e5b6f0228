/** Matches and instructions for people. */
package io.natator.softswitch.text;
