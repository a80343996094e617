package io.lakemesh.protect;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import java.util.function.UnaryOperator;

/** A key ring that there is none of. */
final class NoKeys implements KeyRing {
    @Override
    public Protector protector(String name, Kind kind) {
        throw missing(name);
    }

    @Override
    public UnaryOperator<String> revealer(String name, Kind kind, String column) {
        throw missing(name);
    }

    @Override
    public String create(String name) {
        throw missing(name);
    }

    @Override
    public String rotate(String name) {
        throw missing(name);
    }

    private static InvalidInputException missing(String name) {
        return new InvalidInputException("Cannot find a key of '" + name
                + "': mesh.yaml names no key ring; add keys: { provider: file, location: keys/ } and run: mesh keys create '"
                + name + "'");
    }
}
