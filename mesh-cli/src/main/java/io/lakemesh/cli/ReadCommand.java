package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.Product;
import io.lakemesh.Read;
import io.lakemesh.Rows;
import io.lakemesh.cli.rows.RowWriter;
import io.lakemesh.document.Node;
import io.lakemesh.history.Release;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh read}. */
@Command(
        name = "read",
        description = "Reads a product's rows, of any release.",
        footer = {
            "  mesh read essex/stop-and-search@1 --where \"outcome = 'Arrest' AND MONTH(searched_at) = 1\" \\",
            "      --columns searched_at,legislation,outcome --limit 5"
        })
final class ReadCommand implements Callable<Integer> {
    private final MeshCommand mesh;

    @Parameters(paramLabel = "PRODUCT[@RELEASE]", description = Descriptions.PRODUCT_AT)
    private String product;

    @Option(
            names = "--object",
            paramLabel = "OBJECT",
            description = "which of the product's objects, where it has several")
    private @Nullable String object;

    @Option(
            names = "--where",
            paramLabel = "CONDITION",
            description = "only rows for which this is true, in SQL's words")
    private @Nullable String where;

    @Option(
            names = "--columns",
            paramLabel = "COLUMN",
            description = "only these, in this order, with commas between them; by default all")
    private List<String> asked = List.of();

    @Option(
            names = "--reveal",
            paramLabel = "COLUMN",
            description =
                    "shows these columns' values, which were stored as tokens or encrypted, to those who may see them;"
                            + " with commas between them")
    private List<String> revealed = List.of();

    @Mixin
    private RowOptions options = new RowOptions();

    private List<String> columns = List.of();

    @Mixin
    private SubjectOptions subject = new SubjectOptions();

    ReadCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        columns = split(asked);
        ProductArgument argument = ProductArgument.parse(product);
        try (Mesh opened = mesh.open()) {
            Product found = opened.product(argument.product());
            Release release = found.history().find(argument.release());
            Read read = subject.apply(found)
                    .read()
                    .release(release.number())
                    .columns(columns)
                    .reveal(split(revealed))
                    .limit(options.limit(mesh.output));
            if (object != null) {
                read.object(object);
            }
            if (where != null) {
                read.where(where);
            }
            copy(found, release, read);
            return ExitCode.DONE;
        }
    }

    private static List<String> split(List<String> given) {
        return given.stream()
                .flatMap(names -> ColumnNames.split(names).stream())
                .toList();
    }

    private void copy(Product found, Release release, Read read) {
        long count = 0;
        try (Rows rows = read.rows();
                RowWriter writer = options.writer(mesh, shown(schema(release)), head(found, release))) {
            for (Row row : rows) {
                writer.write(row);
                count++;
            }
            writer.finish();
        }
        options.conclude(mesh, count, " of release " + release.number() + " of " + found.address());
    }

    /** The columns of the rows that are read; their names are known to be right. */
    private TableSchema schema(Release release) {
        TableSchema all = release.manifest().tables().stream()
                .filter(table -> object == null || table.object().equals(object))
                .findFirst()
                .orElseThrow()
                .schema();
        return columns.isEmpty()
                ? all
                : new TableSchema(
                        columns.stream()
                                .map(column -> all.field(all.position(column).orElseThrow()))
                                .toList(),
                        List.of());
    }

    /** To a subject, what is required may be hidden. */
    private TableSchema shown(TableSchema schema) {
        return subject.isGiven()
                ? new TableSchema(
                        schema.fields().stream()
                                .map(field -> Field.optional(field.id(), field.name(), field.type()))
                                .toList(),
                        List.of())
                : schema;
    }

    private static Node.Mapping head(Product found, Release release) {
        return Node.mapping()
                .put("product", found.address().toString())
                .put("release", release.number())
                .build();
    }
}
