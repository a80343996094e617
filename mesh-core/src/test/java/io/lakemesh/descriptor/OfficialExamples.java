package io.lakemesh.descriptor;

import io.lakemesh.document.Documents;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The standards' own files; tests that need them are left out where they are missing. */
enum OfficialExamples {
    ODCS("odcs", "odcs-json-schema-v3.1.0.json"),
    ODPS("odps", "odps-json-schema-v1.0.0.json");

    private final String folder;
    private final String schema;

    OfficialExamples(String folder, String schema) {
        this.folder = folder;
        this.schema = schema;
    }

    Standard standard() {
        return this == ODCS ? OdcsStandard.STANDARD : OdpsStandard.STANDARD;
    }

    Path schema() {
        return folder().resolve(schema);
    }

    List<Path> files() {
        try (Stream<Path> files = Files.list(folder().resolve("examples"))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<Node> documents() {
        return files().stream().map(Documents::read).toList();
    }

    private Path folder() {
        Path standards = Path.of(System.getProperty("lakemesh.shared", "../shared"), "standards", folder);
        Assumptions.assumeTrue(Files.isDirectory(standards), "left out: there is no folder " + standards);
        return standards;
    }
}
