/** What the core tells of the state of things: immutable values for the API, watchers and metrics. */
package io.natator.core.status;
