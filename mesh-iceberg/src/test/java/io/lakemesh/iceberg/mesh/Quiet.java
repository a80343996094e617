package io.lakemesh.iceberg.mesh;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Keeps libraries from logging in tests that do the same thousands of times. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    /** Kept, so that their levels are. */
    private static final List<Logger> LIBRARIES =
            List.of(Logger.getLogger("org.apache"), Logger.getLogger("org.eclipse"));

    @Override
    public void beforeAll(ExtensionContext context) {
        LIBRARIES.forEach(library -> library.setLevel(Level.OFF));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        LIBRARIES.forEach(library -> library.setLevel(null));
    }
}
