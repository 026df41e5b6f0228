package io.natator.softswitch.config;

import java.nio.file.Path;

/**
 * What {@code ssl:} needs, in PEM.
 *
 * @param key private key of the switch, PKCS #8
 * @param certificate of the switch
 * @param authority that has signed the controllers' certificates
 */
public record TlsFiles(Path key, Path certificate, Path authority) {}
