package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.check.RowCounts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The publish of {@link MeshJob}, with three columns protected, or all declared nobody's, or as it is. */
final class ProtectedJob {
    private static final Path PRODUCT = Path.of("bench", "product");

    /** What stands in the contract before an own property of each protected column, and how it is protected. */
    private static final Map<String, String> COLUMNS = Map.of(
            "Age range", "pseudonymize", "Self-defined ethnicity", "tokenize", "Officer-defined ethnicity", "tokenize");

    private static final String ID = "value: id";

    private ProtectedJob() {}

    /**
     * Does the job; arguments are the CSV file, an empty folder and {@code open}, {@code protected},
     * {@code text-id}, {@code unique} (as text-id, and the id pseudonymized) or {@code declared}.
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[1]);
        Path product = copy(folder.resolve("product"), arguments[2]);
        try (Mesh mesh = Mesh.open(withKeys(folder))) {
            mesh.keys().create("bench");
            RowCounts rows = mesh.product(product)
                    .publish()
                    .input(Path.of(arguments[0]))
                    .run()
                    .report()
                    .rows();
            Usage.print(rows.published(), rows.quarantined());
        }
    }

    static MeshConfig withKeys(Path folder) {
        MeshConfig embedded = MeshConfig.embedded(folder);
        Map<String, Map<String, String>> sections = new LinkedHashMap<>(embedded.sections());
        sections.put("keys", Map.of("location", "keys"));
        return new MeshConfig(embedded.name(), embedded.identity(), folder, sections);
    }

    private static Path copy(Path to, String variant) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(PRODUCT)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file);
                Files.writeString(to.resolve(file.getFileName()), variant(text, variant));
            }
        }
        return to;
    }

    private static String variant(String contract, String variant) {
        return switch (variant) {
            case "protected" -> withProtection(contract);
            case "text-id" -> withTextId(contract);
            case "unique" ->
                withTextId(contract)
                        .replace(ID + " }", ID + " }, { property: lakemesh.protection, value: pseudonymize }");
            case "declared" ->
                contract.replaceAll(
                        "(source-name, value: [^}]*})", "$1, { property: lakemesh.not-personal, value: made up }");
            default -> contract;
        };
    }

    /** A number has no stand-in. */
    private static String withTextId(String contract) {
        return contract.replaceFirst(
                "(name: id\\s+logicalType:) integer",
                "$1 string\n        customProperties: [{ property: lakemesh.source-name, " + ID + " }]");
    }

    private static String withProtection(String contract) {
        String text = contract;
        for (Map.Entry<String, String> column : COLUMNS.entrySet()) {
            String known = "value: " + column.getKey() + " }";
            text = text.replace(known, known + ", { property: lakemesh.protection, value: " + column.getValue() + " }");
        }
        return text;
    }
}
