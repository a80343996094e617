package io.lakemesh.cli;

import io.lakemesh.Erase;
import io.lakemesh.Mesh;
import io.lakemesh.cli.report.ErasureReport;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh erase}. */
@Command(
        name = "erase",
        description = {
            "Removes a person's rows for good: from every release that is kept and from the quarantine. There is no way",
            "back, and readers that are under way fail. A receipt stays, without any personal value."
        },
        footer = "  mesh erase essex/stop-and-search --key person_id=@person.txt --reference CASE-17")
final class EraseCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT", description = Descriptions.PRODUCT)
    private String product;

    @Option(
            names = "--key",
            paramLabel = "COLUMN=VALUE",
            required = true,
            description =
                    "rows with this value go; of several keys, rows with each of them. COLUMN=@FILE takes the value from a"
                            + " file, so that no shell remembers it")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--reference",
            paramLabel = "NAME",
            description = "what the receipt is found by, such as a case's number; by default a random one")
    @Nullable
    private String reference;

    EraseCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            Erase erase = opened.product(product).erase();
            keys.forEach(key -> add(erase, key));
            if (reference != null) {
                erase.reference(reference);
            }
            return mesh.show(new ErasureReport(erase.run()));
        }
    }

    private static void add(Erase erase, String key) {
        int equals = key.indexOf('=');
        if (equals < 1) {
            throw new InvalidInputException("Invalid --key: expected COLUMN=VALUE or COLUMN=@FILE");
        }
        String value = key.substring(equals + 1);
        erase.key(key.substring(0, equals), value.startsWith("@") ? read(value.substring(1)) : value);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidInputException("Cannot read the key's value from " + file, e);
        }
    }
}
