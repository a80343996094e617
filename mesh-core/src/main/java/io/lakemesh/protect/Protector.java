package io.lakemesh.protect;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Protects texts in one way, under the keys of one name. What it makes of a text is {@code k}, the key's number, a colon and
 * base64url without padding. Nothing that it says or throws tells a text or a key. Safe for use by many threads.
 */
public interface Protector {
    /**
     * Makes what is stored of texts under the newest key, for one thread.
     *
     * @param column the table's and the column's name. Encrypted texts are bound to it, and cannot be revealed from elsewhere;
     *     stand-ins are the same everywhere
     */
    UnaryOperator<String> maker(String column);

    /** The stand-ins of a text under each of the keys, the newest first. */
    List<String> candidates(String text);

    /** Whether what is stored was made with the newest key. */
    boolean isCurrent(String stored);
}
