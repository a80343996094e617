package io.lakemesh.iceberg.mesh;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** A Java machine that writes records for the audit, says so, and stays. */
final class AuditingProcess {
    private static final String WRITTEN = "written";

    private AuditingProcess() {}

    static Process start(Path home, String... users) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                AuditingProcess.class.getName(),
                home.toString()));
        command.addAll(List.of(users));
        return new ProcessBuilder(command)
                .redirectError(home.resolve("auditing.log").toFile())
                .start();
    }

    static void awaitWritten(Process process) throws IOException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        if (!WRITTEN.equals(out.readLine())) {
            throw new AssertionError("the process wrote nothing; see auditing.log");
        }
    }

    /** Arguments are the mesh's folder and the users. */
    public static void main(String[] arguments) {
        Path home = Path.of(arguments[0]);
        MeshConfig config =
                Shop.config(home, Map.of("location", home.resolve("warehouse").toString()));
        try (Mesh mesh = Mesh.open(config)) {
            AuditJournalTest.append(
                    mesh, List.of(arguments).subList(1, arguments.length).toArray(String[]::new));
            System.out.println(WRITTEN);
            while (true) {
                LockSupport.park();
            }
        }
    }
}
