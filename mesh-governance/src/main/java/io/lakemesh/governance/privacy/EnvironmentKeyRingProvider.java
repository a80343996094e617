package io.lakemesh.governance.privacy;

import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.KeyRingProvider;
import java.nio.file.Path;
import java.util.Map;

/** {@code keys: { provider: environment }}. */
public final class EnvironmentKeyRingProvider implements KeyRingProvider {
    @Override
    public String name() {
        return "environment";
    }

    @Override
    public KeyRing open(Map<String, String> settings, Path home) {
        return new EnvironmentKeyRing(
                System::getenv, settings.getOrDefault("prefix", "LAKEMESH_KEYS_"), Envelope.of(settings));
    }
}
