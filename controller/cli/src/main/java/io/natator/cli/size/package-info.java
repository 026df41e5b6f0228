/** How large a pool must be: loss systems of teletraffic theory. Pure arithmetic. */
package io.natator.cli.size;
