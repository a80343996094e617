package io.lakemesh.protect;

import io.lakemesh.error.InvalidInputException;

/**
 * The keys of a mesh's domains. A domain has numbered keys of its own, the newest of which is in use; the others tell what was
 * stored under them. Neither an implementation's text form nor what it throws tells a key. Safe for use by many threads.
 */
public interface KeyRing {
    /** Of a mesh that is set up without keys. */
    KeyRing NONE = new NoKeys();

    /**
     * What protects a domain's values.
     *
     * @throws InvalidInputException if the domain has no key, or one that cannot be read, with what to do about it
     */
    Protector protector(String domain);

    /**
     * Makes a domain's first key.
     *
     * @throws InvalidInputException if it has one
     * @return what people call the key, such as {@code k1}
     */
    String create(String domain);

    /**
     * Makes a domain's next key and takes it into use. What is stored stays as it is.
     *
     * @throws InvalidInputException if the domain has no key
     * @return what people call the key, such as {@code k2}
     */
    String rotate(String domain);
}
