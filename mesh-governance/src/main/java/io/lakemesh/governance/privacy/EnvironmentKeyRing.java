package io.lakemesh.governance.privacy;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keys in environment variables, one for each name, that hold what a key file holds. They are only read. */
final class EnvironmentKeyRing implements KeyRing {
    private final Function<String, @Nullable String> environment;
    private final String prefix;
    private final Envelope envelope;

    /**
     * A key ring of variables.
     *
     * @param environment the value of an environment variable; null if it is not set
     * @param prefix what the variables' names begin with
     */
    EnvironmentKeyRing(Function<String, @Nullable String> environment, String prefix, Envelope envelope) {
        this.environment = environment;
        this.prefix = prefix;
        this.envelope = envelope;
    }

    @Override
    public Protector protector(String name, Kind kind) {
        return kept(name).protector(kind);
    }

    @Override
    public UnaryOperator<String> revealer(String name, Kind kind, String column) {
        return kept(name).revealer(kind, column);
    }

    private KeptKeys kept(String name) {
        String text = environment.apply(variable(name));
        if (text == null) {
            throw new InvalidInputException("Cannot find a key of '" + name + "': environment variable "
                    + variable(name) + " is not set; it takes the content of that name's key file");
        }
        return KeptKeys.read(name, text, "environment variable " + variable(name), envelope);
    }

    @Override
    public String create(String name) {
        throw readOnly("create keys of '", name, "mesh keys create");
    }

    @Override
    public String rotate(String name) {
        throw readOnly("rotate the keys of '", name, "mesh keys rotate");
    }

    private InvalidInputException readOnly(String intent, String name, String command) {
        return new InvalidInputException("Cannot " + intent + name + "': environment variables are only read; run "
                + command + " '" + name
                + "' with keys: { provider: file, location: keys/ } and put what is in the file into "
                + variable(name));
    }

    private String variable(String name) {
        return prefix + name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    @Override
    public String toString() {
        return "EnvironmentKeyRing[" + prefix + "]";
    }
}
