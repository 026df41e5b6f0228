/** The kinds of resource: names, RPCs, columns, descriptions. */
package io.natator.cli.kind;
