/** Figures for Prometheus. */
package io.natator.server.metrics;
