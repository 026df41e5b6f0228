/** From intent to rules and routes: the interfaces that apps implement. */
package io.natator.model.compile;
