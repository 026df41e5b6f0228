/** {@code natator lab up|down|status|exec|demo|bench}. */
package io.natator.lab.command;
