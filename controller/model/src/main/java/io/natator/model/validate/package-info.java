/**
 * What users may ask for. {@link io.natator.model.validate.Texts} turns text into values and finds what can only
 * be seen in the text (host bits, malformed addresses); {@link io.natator.model.validate.Validator} checks a value
 * against everything that is stored. Both name the field as the API does and say what to do.
 */
package io.natator.model.validate;
