package io.lakemesh.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The mesh command as processes that have a mesh, a working folder and a folder of temporary files of their own. */
final class MeshProcess {
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Path home;
    private final Path temporary;
    private final Path shown;
    private int commands;

    private MeshProcess(Path folder) throws IOException {
        this.home = Files.createDirectories(folder.resolve("home"));
        this.temporary = Files.createDirectories(folder.resolve("temporary"));
        this.shown = Files.createDirectories(folder.resolve("shown"));
    }

    /** A mesh in a folder, whose configuration has these sections. */
    static MeshProcess in(Path folder, String sections) throws IOException {
        MeshProcess mesh = new MeshProcess(folder);
        Files.writeString(mesh.home.resolve("mesh.yaml"), "mesh: { name: test, identity: tester }\n" + sections);
        return mesh;
    }

    /** The command line of one. */
    static List<String> command(List<String> options, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(JAVA.toString(), "-XX:+UseSerialGC"));
        words.addAll(options);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        words.addAll(arguments);
        return words;
    }

    /** The folder of the mesh, in which commands work. */
    Path home() {
        return home;
    }

    Path temporary() {
        return temporary;
    }

    /** The folder of what commands wrote to standard output and error. */
    Path shown() {
        return shown;
    }

    /** What the last command wrote there. */
    String last() throws IOException {
        return Files.readString(output()) + Files.readString(errors());
    }

    private Path output() {
        return shown.resolve(commands + ".out");
    }

    private Path errors() {
        return shown.resolve(commands + ".err");
    }

    Process start(Object... arguments) throws IOException {
        commands++;
        List<String> options = List.of("-XX:TieredStopAtLevel=1", "-Djava.io.tmpdir=" + temporary);
        return new ProcessBuilder(command(
                        options,
                        List.of(arguments).stream().map(Object::toString).toList()))
                .directory(home.toFile())
                .redirectOutput(output().toFile())
                .redirectError(errors().toFile())
                .start();
    }

    /** Runs one to its end; gives its exit code. */
    int run(Object... arguments) throws IOException, InterruptedException {
        return start(arguments).waitFor();
    }
}
