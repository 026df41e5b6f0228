/** What users declare: checked, stored, and only then told to the core. */
package io.natator.server.resource;
