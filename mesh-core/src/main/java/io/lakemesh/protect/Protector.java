package io.lakemesh.protect;

import io.lakemesh.contract.Protection.Keyed;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Makes stand-ins of texts under a domain's keys: {@code k}, the key's number, a colon and 32 hexadecimal digits. Equal texts
 * have equal stand-ins under one key and kind, and there is no way back to the text. Nothing that it says or throws tells a text
 * or a key. Safe for use by many threads.
 */
public interface Protector {
    /** The stand-in of a text under the domain's newest key. */
    String protect(Keyed kind, String text);

    /** What {@link #protect} does, for one thread and many texts. */
    default UnaryOperator<String> maker(Keyed kind) {
        return text -> protect(kind, text);
    }

    /** The stand-ins of a text under each of the domain's keys, the newest first. */
    List<String> candidates(Keyed kind, String text);

    /** Whether a stand-in was made with the newest key. */
    boolean isCurrent(String standIn);
}
