/** What devices are able to do. */
package io.natator.model.device;
