package io.lakemesh.protect;

import io.lakemesh.error.InvalidInputException;

/** A key ring that there is none of. */
final class NoKeys implements KeyRing {
    @Override
    public Protector protector(String domain) {
        throw missing(domain);
    }

    @Override
    public String create(String domain) {
        throw missing(domain);
    }

    @Override
    public String rotate(String domain) {
        throw missing(domain);
    }

    private static InvalidInputException missing(String domain) {
        return new InvalidInputException("Cannot find a key of domain '" + domain
                + "': mesh.yaml names no key ring; add keys: { provider: file, location: keys/ } and run: mesh keys create '"
                + domain + "'");
    }
}
