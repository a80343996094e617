package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a source tree of its own whose Maven and Java are scripts that say what they were asked. */
final class LauncherTest {
    private static final String MAVEN =
            """
            #!/bin/sh
            echo build >> 'BUILDS'
            echo '[INFO] Building Lakemesh core 1 [1/1]'
            [ ! -e broken ] || { echo '[ERROR] it is broken'; exit 1; }
            mkdir -p mesh-cli/target/lib
            touch mesh-cli/target/mesh-cli-1.jar mesh-cli/target/lib/mesh-core-1.jar mesh-cli/target/lib/other-2.jar
            """;
    private static final String JAVA =
            """
            #!/bin/sh
            for a; do case $a in -XX:ArchiveClassesAtExit=*) echo x > "${a#*=}"; exit 0;; esac; done
            pwd
            for a; do printf '<%s>' "$a"; done
            """;

    @TempDir
    Path folder;

    private Path home;

    @BeforeEach
    void makeASourceTree() throws IOException {
        home = folder.resolve("a house");
        for (String module : List.of("mesh-core", "mesh-iceberg", "mesh-trino", "mesh-cli")) {
            Files.createDirectories(home.resolve(module).resolve("src/main"));
            Files.createFile(home.resolve(module).resolve("pom.xml"));
        }
        Files.createDirectories(home.resolve("examples/police/template"));
        Files.createFile(home.resolve("pom.xml"));
        script(home.resolve("mesh"), Files.readString(CliReferenceTest.root().resolve("mesh")));
        script(
                folder.resolve("bin/mvn"),
                MAVEN.replace("BUILDS", folder.resolve("builds").toString()));
        script(folder.resolve("jdk/bin/java"), JAVA);
        script(folder.resolve("jdk/bin/javac"), "#!/bin/sh\n");
        Files.writeString(folder.resolve("jdk/release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"21.0.1\"\n");
    }

    private static void script(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void buildsOnceAndAgainWhenASourceIsNewer() throws Exception {
        Run first = start(home.resolve("mesh"), "validate", "x y").end();
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.err()).contains("building Lakemesh", "Lakemesh core [1/1]", "built in");
        Run second = start(home.resolve("mesh"), "validate", "x y").end();
        assertThat(second.err()).isEmpty();
        assertThat(second.out())
                .contains(
                        "io.lakemesh.cli.Main><validate><x y>",
                        "<-XX:TieredStopAtLevel=1>",
                        "<-XX:SharedArchiveFile=",
                        "other-2.jar");
        assertThat(builds()).isEqualTo(1);

        Path source = Files.createFile(home.resolve("mesh-core/src/main/New.java"));
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(start(home.resolve("mesh"), "validate").end().err()).contains("built in");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void worksThroughALinkAndStaysInTheCallersFolder() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), home.resolve("mesh"));
        Run run = start(Files.createSymbolicLink(folder.resolve("link-to-link"), link), "history", "a/b")
                .end();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).startsWith(folder.toRealPath() + "\n").contains("<history><a/b>");
    }

    @Test
    void leavesTheCompilerAtWorkForLongCommands() throws Exception {
        assertThat(start(home.resolve("mesh"), "--output", "json", "publish", "p")
                        .end()
                        .out())
                .doesNotContain("TieredStopAtLevel");
    }

    @Test
    void twoFirstBuildsDoNotGetInEachOthersWay() throws Exception {
        Started one = start(home.resolve("mesh"), "validate");
        Started other = start(home.resolve("mesh"), "validate");

        assertThat(one.end().code()).isZero();
        assertThat(other.end().code()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aFailedBuildShowsWhyAndEndsWithOne() throws Exception {
        Files.createFile(home.resolve("broken"));

        Run run = start(home.resolve("mesh"), "validate").end();

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the build failed", "[ERROR] it is broken");
        assertThat(run.out()).isEmpty();
    }

    private long builds() throws IOException {
        return Files.readAllLines(folder.resolve("builds")).size();
    }

    private Started start(Path mesh, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(mesh.toString()));
        command.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        Map<String, String> environment = builder.environment();
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        return new Started(builder.start(), out, err);
    }

    private record Started(Process process, Path out, Path err) {
        Run end() throws IOException, InterruptedException {
            int code = process.waitFor();
            return new Run(
                    code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
        }
    }

    private record Run(int code, String out, String err) {}
}
