/** Groups and their buckets. */
package io.natator.softswitch.group;
