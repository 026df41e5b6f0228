/** Demo network in namespaces, end-to-end tests, benchmarks, and the program natator itself. */
package io.natator.lab;
