package io.lakemesh.governance.privacy;

import static io.lakemesh.governance.privacy.KeyFiles.MASTER_KEY;
import static io.lakemesh.governance.privacy.KeyFiles.assertRefused;
import static io.lakemesh.governance.privacy.KeyFiles.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.KeyRingProvider;
import io.lakemesh.protect.Protector;
import io.lakemesh.testkit.KeyRingContractTest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentKeyRingTest extends KeyRingContractTest {
    private static final String PREFIX = "LAKEMESH_KEYS_";

    private final Map<String, String> environment = new HashMap<>();
    private Path home;
    private KeyFiles files;

    @BeforeEach
    void open(@TempDir Path folder) {
        home = folder;
        files = new KeyFiles(folder);
    }

    /** Of the variables; keys are made in files, and put there. */
    @Override
    protected KeyRing ring() {
        return new Deployed(files.ring("master-key", MASTER_KEY), variables("master-key", MASTER_KEY));
    }

    private KeyRing variables(String... settings) {
        return new EnvironmentKeyRing(
                environment::get,
                PREFIX,
                Envelope.of(settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1])));
    }

    private void deploy(String name, String variable) {
        environment.put(variable, files.text(name));
    }

    private final class Deployed implements KeyRing {
        private final KeyRing made;
        private final KeyRing used;

        Deployed(KeyRing made, KeyRing used) {
            this.made = made;
            this.used = used;
        }

        @Override
        public Protector protector(String name, Kind kind) {
            return used.protector(name, kind);
        }

        @Override
        public UnaryOperator<String> revealer(String name, Kind kind, String column) {
            return used.revealer(name, kind, column);
        }

        @Override
        public String create(String name) {
            String key = made.create(name);
            deploy(name, PREFIX + name.toUpperCase(Locale.ROOT));
            return key;
        }

        @Override
        public String rotate(String name) {
            String key = made.rotate(name);
            deploy(name, PREFIX + name.toUpperCase(Locale.ROOT));
            return key;
        }
    }

    @Test
    void isOpenedByItsName() {
        KeyRing ring = ServiceLoader.load(KeyRingProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(provider -> provider.name().equals("environment"))
                .findFirst()
                .orElseThrow()
                .open(Map.of(), home);
        assertThat(ring).hasToString("EnvironmentKeyRing[LAKEMESH_KEYS_]");
    }

    @Test
    void takesKeysInTheClear() {
        files.ring().create("police");
        deploy("police", "LAKEMESH_KEYS_POLICE");
        assertThat(token(variables(), "police")).isEqualTo(token(files.ring(), "police"));
    }

    @Test
    void findsANameInCapitalsAndDigits() {
        files.ring().create("n\u00f6rth-west.2/x\ud83d\ude00");
        environment.put("LAKEMESH_KEYS_N_RTH_WEST_2_X_", "");
        assertRefused(
                () -> token(variables(), "n\u00f6rth-west.2/x\ud83d\ude00"),
                InvalidInputException.class,
                "Cannot use the keys of 'n\u00f6rth-west.2/x\ud83d\ude00': environment variable"
                        + " LAKEMESH_KEYS_N_RTH_WEST_2_X_ is not what mesh keys wrote; put that back, since no other keys"
                        + " make the same stand-ins");
    }

    @Test
    void refusesWhatIsNotThereOrNoKeysWithoutShowingIt() {
        assertRefused(
                () -> token(variables(), "police"),
                InvalidInputException.class,
                "Cannot find a key of 'police': environment variable LAKEMESH_KEYS_POLICE is not set; it takes the content"
                        + " of that name's key file");
        for (String text : new String[] {"", " ", "SECRET", "tokenize: SECRET", "secret: SECRET"}) {
            environment.put("LAKEMESH_KEYS_POLICE", text);
            assertRefused(
                    () -> token(variables(), "police"),
                    InvalidInputException.class,
                    "Cannot use the keys of 'police': environment variable LAKEMESH_KEYS_POLICE is not what mesh keys wrote;"
                            + " put that back, since no other keys make the same stand-ins");
        }
    }

    /** In the clear nothing tells them apart, as documented. */
    @Test
    void tellsNamesOfOneVariableApartWhereKeysAreEncrypted() {
        files.ring("master-key", MASTER_KEY).create("north-west");
        deploy("north-west", "LAKEMESH_KEYS_NORTH_WEST");
        KeyRing ring = variables("master-key", MASTER_KEY);
        assertThat(token(ring, "north-west")).startsWith("k1:");
        assertRefused(
                () -> token(ring, "north_west"),
                InvalidInputException.class,
                "Cannot use the keys of 'north_west': keys.master-key did not open environment variable"
                        + " LAKEMESH_KEYS_NORTH_WEST: they were encrypted with another key or for"
                        + " another name, were changed, or the key is refused to whoever asks");
    }

    @Test
    void isOnlyRead() {
        assertRefused(
                () -> variables().create("police"),
                InvalidInputException.class,
                "Cannot create keys of 'police': environment variables are only read; run mesh keys create 'police' with"
                        + " keys: { provider: file, location: keys/ } and put what is in the file into LAKEMESH_KEYS_POLICE");
        assertRefused(
                () -> variables().rotate("police"),
                InvalidInputException.class,
                "Cannot rotate the keys of 'police': environment variables are only read; run mesh keys rotate 'police' with"
                        + " keys: { provider: file, location: keys/ } and put what is in the file into LAKEMESH_KEYS_POLICE");
    }
}
