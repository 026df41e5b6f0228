/**
 * What does this packet become? The reference that rules, probes and the software switch are held against; it knows
 * nothing of tables. Begin with {@link io.natator.model.eval.Evaluator}.
 *
 * <p>A translation is a {@link io.natator.model.eval.Step}: rewrites under a guard. The way back is never written
 * down: it is {@link io.natator.model.eval.Step#reversed}.
 */
package io.natator.model.eval;
