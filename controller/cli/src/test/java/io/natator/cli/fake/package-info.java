/** A daemon in memory, for the commands' tests. */
package io.natator.cli.fake;
