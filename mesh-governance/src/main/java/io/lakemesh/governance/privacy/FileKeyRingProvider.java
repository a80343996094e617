package io.lakemesh.governance.privacy;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.KeyRingProvider;
import java.nio.file.Path;
import java.util.Map;

/** {@code keys: { provider: file, location: keys/ }}. */
public final class FileKeyRingProvider implements KeyRingProvider {
    @Override
    public String name() {
        return "file";
    }

    @Override
    public KeyRing open(Map<String, String> settings, Path home) {
        String location = settings.get("location");
        if (location == null) {
            throw new InvalidInputException("Cannot find keys: mesh.yaml has no keys.location, a folder of key files");
        }
        return new FileKeyRing(home.resolve(location), Envelope.of(settings));
    }
}
