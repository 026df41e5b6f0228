/** Pure: translations to placement to rules. */
package io.natator.nat;
