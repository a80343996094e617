package io.lakemesh.protect;

import io.lakemesh.contract.Protection.Keyed;
import java.util.HashMap;
import java.util.Map;

/** Stand-ins of one column, remembered for the texts that come first. */
final class StandIns {
    private static final int MAX_KNOWN = 4096;

    private final Keyed kind;
    private final Protector protector;
    private final Map<String, String> known = new HashMap<>();

    StandIns(Keyed kind, Protector protector) {
        this.kind = kind;
        this.protector = protector;
    }

    String of(String text) {
        String standIn = known.get(text);
        if (standIn == null) {
            standIn = protector.protect(kind, text);
            if (known.size() < MAX_KNOWN) {
                known.put(text, standIn);
            }
        }
        return standIn;
    }

    boolean isCurrent(String standIn) {
        return protector.isCurrent(standIn);
    }
}
