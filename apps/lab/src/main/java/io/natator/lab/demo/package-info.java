/** The demo: the renumbering of a live block, told step by step and checked at every step. */
package io.natator.lab.demo;
