/** What a software switch is told before it starts, and what it may do. Pure. */
package io.natator.softswitch.config;
