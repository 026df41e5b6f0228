/** Probes that prove a translation. */
package io.natator.model.proof;
