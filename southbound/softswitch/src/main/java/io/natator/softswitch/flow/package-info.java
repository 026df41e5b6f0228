/** The language of the switch: fields, matches, actions, changes, and what is asked and answered. Pure values. */
package io.natator.softswitch.flow;
