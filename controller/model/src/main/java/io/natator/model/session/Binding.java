package io.natator.model.session;

import org.onlab.packet.IpAddress;

/**
 * A host of a DYNAMIC translation, and the outside address that it has.
 *
 * @param share {@link Share#id}
 */
public record Binding(int share, IpAddress inside, IpAddress outside) {}
