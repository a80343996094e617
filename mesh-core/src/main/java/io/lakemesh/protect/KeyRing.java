package io.lakemesh.protect;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import java.util.function.UnaryOperator;

/**
 * The keys of a mesh's domains, and those that domains share, by name: a domain's own key is called like the domain, a shared one
 * {@code shared/NAME}. A name has
 * numbered keys, the newest of which is in use; the others tell what was stored under them. Neither an implementation's text form
 * nor what it throws tells a key. Safe for use by many threads.
 */
public interface KeyRing {
    /** Of a mesh that is set up without keys. */
    KeyRing NONE = new NoKeys();

    /**
     * What protects values.
     *
     * @throws InvalidInputException if there is no such key, or it cannot be read, with what to do about it
     * @throws io.lakemesh.error.UnavailableException if what keeps the key is out of reach
     */
    Protector protector(String name, Kind kind);

    /**
     * The way back from what is stored of one column, for one thread. It throws {@link InvalidInputException} where a key is
     * missing, and {@link io.lakemesh.error.IntegrityException} for what no key of the name has made for this column.
     *
     * @param kind a reversible one
     * @param column what the text was bound to, as given to {@link Protector#maker}
     * @throws InvalidInputException if there is no such key, or it cannot be read, with what to do about it
     * @throws io.lakemesh.error.UnavailableException if what keeps the key is out of reach
     */
    UnaryOperator<String> revealer(String name, Kind kind, String column);

    /**
     * Makes the first keys of a name, one for each kind.
     *
     * @throws InvalidInputException if it has any, or the ring is only read
     * @return what people call the keys, such as {@code k1}
     */
    String create(String name);

    /**
     * Makes the next keys of a name and takes them into use. What is stored stays as it is.
     *
     * @throws InvalidInputException if the name has no keys, or the ring is only read
     * @return what people call the keys, such as {@code k2}
     */
    String rotate(String name);
}
