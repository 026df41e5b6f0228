/** Packets as the evaluator sees them. */
package io.natator.model.packet;
