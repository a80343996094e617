package io.lakemesh.testkit;

import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.KeyRingProvider;
import java.nio.file.Path;
import java.util.Map;

/** {@code keys: { provider: memory }}, for those who register it: a ring of its own for each mesh that is opened. */
public final class MemoryKeyRingProvider implements KeyRingProvider {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public KeyRing open(Map<String, String> settings, Path home) {
        return new MemoryKeyRing();
    }
}
