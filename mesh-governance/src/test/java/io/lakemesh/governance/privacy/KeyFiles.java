package io.lakemesh.governance.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.MeshException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.testkit.ProductFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The key files of a folder, as tests look at them and change them. */
record KeyFiles(Path home) {
    static final String MASTER_KEY = "bm90LWEtc2VjcmV0LWJ1dC0zMi1ieXRlcy1sb25nISE=";

    /** The ring of files, with more settings: names and values in turn. */
    KeyRing ring(String... settings) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("location", "keys"));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return new FileKeyRingProvider().open(all, home);
    }

    Path file(String name) {
        return home.resolve("keys").resolve(name + ".yaml");
    }

    String text(String name) {
        try {
            return Files.readString(file(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void write(String name, String text) {
        ProductFiles.write(file(name), text);
    }

    /** What a file has of a kind, without quotes. */
    String keyset(String name, Kind kind) {
        String key = kind + ": ";
        return text(name)
                .lines()
                .filter(line -> line.startsWith(key))
                .findFirst()
                .orElseThrow()
                .substring(key.length())
                .replace("\"", "");
    }

    static String token(KeyRing ring, String name) {
        return ring.protector(name, Kind.TOKENIZE).maker("").apply("x");
    }

    /** A failure whose trace does not say SECRET, anywhere. */
    static void assertRefused(ThrowingCallable call, Class<? extends MeshException> type, String message) {
        assertThatThrownBy(call).isInstanceOf(type).hasMessage(message).satisfies(failure -> {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            assertThat(trace.toString()).doesNotContain("SECRET");
        });
    }
}
