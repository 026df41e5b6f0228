package io.natator.lab.net;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** Where the build puts what it makes. */
public final class Target {
    private Target() {}

    /** The directory {@code target} that holds this very program, packed or not. */
    public static Path dir() {
        try {
            return Path.of(Target.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
