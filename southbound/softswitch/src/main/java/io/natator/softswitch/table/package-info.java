/**
 * Flow tables: rules, where they are found ({@link io.natator.softswitch.table.Classifier}), how they are changed ({@link
 * io.natator.softswitch.table.FlowTables}) and when they end. One thread owns all of it; time is a parameter.
 */
package io.natator.softswitch.table;
