package io.lakemesh.testkit.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A Java newer than the one that runs the tests: by the variable {@code LAKEMESH_JDK}, or where JDKs usually are. */
final class NewerJava {
    private static final Pattern VERSION = Pattern.compile("(?m)^JAVA_VERSION=\"(\\d+)");

    private NewerJava() {}

    /** The {@code java} command of the oldest Java that has this feature version or a newer one. */
    static Path command(int atLeast) {
        return candidates()
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .filter(home -> version(home) >= atLeast)
                .min(Comparator.comparingInt(NewerJava::version).thenComparing(Comparator.naturalOrder()))
                .map(home -> home.resolve("bin/java"))
                .orElseThrow(() -> Installation.missing(
                        "no Java " + atLeast + " or newer is found here: let LAKEMESH_JDK name its folder"));
    }

    private static Stream<Path> candidates() {
        Optional<Path> named =
                Optional.ofNullable(System.getenv("LAKEMESH_JDK")).map(Path::of);
        if (named.isPresent()) {
            return named.stream();
        }
        String home = System.getProperty("user.home");
        return Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"))),
                Stream.of(
                                Path.of("/usr/lib/jvm"),
                                Path.of("/opt/java"),
                                Path.of(home, ".sdkman/candidates/java"),
                                Path.of("/Library/Java/JavaVirtualMachines"))
                        .flatMap(NewerJava::folders)
                        .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home"))));
    }

    private static Stream<Path> folders(Path parent) {
        try (Stream<Path> children = Files.list(parent)) {
            return children.filter(Files::isDirectory).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int version(Path home) {
        try {
            Matcher version = VERSION.matcher(Files.readString(home.resolve("release")));
            return version.find() ? Integer.parseInt(version.group(1)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }
}
