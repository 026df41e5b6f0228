/** Text on a terminal or off it: tables, details, colours, JSON and YAML. */
package io.natator.cli.output;
