/** What users say: translations, devices, neighbours. */
package io.natator.model.intent;
