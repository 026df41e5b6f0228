/** Stand-ins that execute what real devices would: for tests, and for asking what would happen. */
package io.natator.model.fake;
