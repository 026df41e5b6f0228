/** What a software switch is told to translate with state, and what it tells of its sessions. */
package io.natator.model.session;
