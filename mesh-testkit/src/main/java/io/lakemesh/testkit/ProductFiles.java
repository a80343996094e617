package io.lakemesh.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Descriptors of products that tests publish. */
public final class ProductFiles {
    private ProductFiles() {}

    /**
     * Writes a product's descriptors into a folder: a port, and a contract of the version, for each object.
     *
     * @param objects by name, what goes on after the object's name in its contract
     */
    public static Path describe(Path home, String domain, String name, String version, Map<String, String> objects) {
        StringBuilder ports = new StringBuilder();
        objects.keySet().stream()
                .sorted()
                .forEach(object -> ports.append(
                        "  - { name: " + object + "-port, version: " + version + ", contractId: " + object + " }\n"));
        write(
                home.resolve(name + ".odps.yaml"),
                "apiVersion: v1.0.0\nkind: DataProduct\nid: " + name + "-id\nname: " + name + "\ndomain: " + domain
                        + "\nversion: " + version + "\nstatus: active\noutputPorts:\n" + ports);
        objects.forEach((object, rest) -> write(
                home.resolve(object + ".odcs.yaml"),
                "apiVersion: v3.1.0\nkind: DataContract\nid: " + object + "\nversion: " + version
                        + "\nstatus: active\nschema:\n  - name: " + object + "\n" + rest));
        return home;
    }

    /** Writes a file and the folders that it is in. */
    public static Path write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
