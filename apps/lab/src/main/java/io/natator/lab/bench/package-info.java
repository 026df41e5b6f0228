/** Benchmarks: contenders interleaved in one run, medians, and a check beside each sample that nobody disturbed it. */
package io.natator.lab.bench;
