/** Waiting until translations are what was asked for, visibly. */
package io.natator.cli.progress;
