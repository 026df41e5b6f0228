/** Pure language of the controller: translations, devices, rules, announcements, reference evaluator, ports. */
package io.natator.model;
