/** Between messages of the API and values of the model: the only place that knows both. */
package io.natator.server.convert;
