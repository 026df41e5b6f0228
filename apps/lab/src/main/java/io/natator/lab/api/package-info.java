/** A client of the public API, as thin as can be. */
package io.natator.lab.api;
