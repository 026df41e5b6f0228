/** RFC 7915 written down slowly and plainly: what packets mean, and what they are to become. */
package io.natator.softswitch.steps.crossing;
