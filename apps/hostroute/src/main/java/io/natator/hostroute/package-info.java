/** From proved translations to announcements: next hops, and the minimal covering set of prefixes. Pure. */
package io.natator.hostroute;
