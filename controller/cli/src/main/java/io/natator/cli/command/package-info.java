/** One class a command: options, and what is done. */
package io.natator.cli.command;
