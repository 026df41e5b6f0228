/** Files of resources: YAML or JSON to API messages, with the line of every field. */
package io.natator.cli.file;
