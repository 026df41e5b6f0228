/** Rules in ONOS's language, and the extensions that it lacks. */
package io.natator.model.rule;
