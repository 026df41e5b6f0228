/** What would change if an intent were applied: pure, from frozen views. */
package io.natator.core.plan;
