/** What a BGP session is to be like, in small records with defaults; {@link io.natator.model.peering.Peering} holds all. */
package io.natator.model.peering;
