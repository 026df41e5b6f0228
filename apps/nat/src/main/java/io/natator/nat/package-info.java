/**
 * Pure: translations to placement to rules. Begin with {@link io.natator.nat.NatCompiler}; the pipeline is written
 * table by table in {@code Admission}, {@code ToInside}, {@code ToOutside} and {@code Forward}, and described in
 * {@code docs/pipeline.md}.
 */
package io.natator.nat;
