package io.lakemesh.iceberg.mesh;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A small disk of its own, in memory; tests that need one are left out where it may not be mounted. */
record Disk(Path folder) implements AutoCloseable {
    static Disk mount(Path folder, String options) throws IOException {
        Files.createDirectories(folder);
        assumeTrue(
                Files.isExecutable(Path.of("/bin/mount"))
                        && done("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString()),
                "no file system may be mounted here");
        return new Disk(folder);
    }

    Map<String, String> warehouse() {
        return Map.of("location", folder.resolve("warehouse").toString());
    }

    void remount(String options) throws IOException {
        if (!done("mount", "-o", "remount," + options, folder.toString())) {
            throw new IOException("Cannot remount " + folder);
        }
    }

    private static boolean done(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    @Override
    public void close() {
        // files that are still open do not hold it back
        done("umount", "-l", folder.toString());
    }
}
