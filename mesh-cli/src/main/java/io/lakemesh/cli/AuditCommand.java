package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.audit.AuditLog;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.cli.rows.RowWriter;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mesh audit}. */
@Command(
        name = "audit",
        description = {
            "Shows who was let read, publish, roll back, erase or change the policy, and who was not; newest first.",
            "A table for people shows some of the columns; --output json and --to FILE have them all."
        },
        synopsisSubcommandLabel = "[COMMAND]",
        footer = {"  mesh audit --product essex/stop-and-search --since 2026-01-31", "  mesh audit verify"})
final class AuditCommand implements Callable<Integer> {
    private static final List<String> SHOWN = List.of(
            "decided_at",
            "decision",
            "action",
            "domain",
            "product",
            "release",
            "actor",
            "user_name",
            "purposes",
            "role",
            "masks",
            "reason");

    private final MeshCommand mesh;

    @Option(names = "--product", paramLabel = "PRODUCT", description = "of this product only: " + Descriptions.PRODUCT)
    private @Nullable String product;

    @Option(names = "--user", paramLabel = "USER", description = "of this user only")
    private @Nullable String user;

    @Option(names = "--since", paramLabel = "TIME", description = "from this day (2026-01-31) or time on, in UTC")
    private @Nullable String since;

    @Mixin
    private RowOptions options = new RowOptions();

    private AuditCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    static CommandLine commandLine(MeshCommand mesh) {
        return new CommandLine(new AuditCommand(mesh))
                .addSubcommand(new AuditVerifyCommand(mesh))
                .addSubcommand(new AuditImportCommand(mesh));
    }

    @Override
    public Integer call() {
        try (Mesh opened = mesh.open()) {
            List<Row> found = opened.exists() ? found(opened) : List.of();
            TableSchema schema = shown();
            try (RowWriter writer = options.writer(mesh, schema, Node.mapping().build())) {
                found.forEach(row -> writer.write(select(row, schema)));
                writer.finish();
            }
            options.conclude(mesh, found.size(), " of the audit");
            return ExitCode.DONE;
        }
    }

    private List<Row> found(Mesh opened) {
        settle(opened.audit(), mesh);
        ProductAddress address =
                product == null ? null : opened.product(product).address();
        return opened.audit()
                .records(new AuditQuery(address, user, since == null ? null : time(since), options.limit(mesh.output)));
    }

    /** What waits on this machine belongs to the answer; where it cannot be brought, the answer says so. */
    static void settle(AuditLog audit, MeshCommand mesh) {
        try {
            audit.settle();
        } catch (MeshException e) {
            mesh.screen().message("Records of this machine are still to come: " + e.getMessage());
        }
    }

    private static Instant time(String text) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidInputException(
                    "Invalid --since '" + text + "': expected a day or a time (2026-01-31, 2026-01-31T12:00:00Z)", e);
        }
    }

    private TableSchema shown() {
        return options.isFile() || mesh.output == OutputFormat.json ? AuditLog.SCHEMA : AuditLog.SCHEMA.select(SHOWN);
    }

    private static Row select(Row row, TableSchema schema) {
        List<String> names = schema.fields().stream().map(field -> field.name()).toList();
        return new Row(
                names, new java.util.ArrayList<>(names.stream().map(row::get).toList()));
    }
}
