/** Pure: translations and proof to announcements. */
package io.natator.hostroute;
