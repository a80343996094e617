package io.lakemesh;

import io.lakemesh.audit.Action;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.history.GovernedAccess;
import io.lakemesh.history.History;
import io.lakemesh.history.ReleaseRef;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.RowAccess;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gathers what to read of a product; {@link #rows()} reads it. Not thread-safe. */
public final class Read {
    private final Mesh mesh;
    private final History history;
    private final @Nullable ReadAudit audit;
    private final Function<ReleaseRef, ReadAudit> ownersAudit;
    private ReleaseRef release = new ReleaseRef.Latest();
    private List<String> columns = List.of();
    private List<String> revealed = List.of();
    private long limit = Long.MAX_VALUE;
    private @Nullable String object;
    private @Nullable String where;

    /** Reads; the audit is null for the mesh's owner, whose own is asked for only where something is revealed. */
    Read(Mesh mesh, History history, @Nullable ReadAudit audit, Function<ReleaseRef, ReadAudit> ownersAudit) {
        this.mesh = mesh;
        this.history = history;
        this.audit = audit;
        this.ownersAudit = ownersAudit;
    }

    public Read release(long number) {
        return release(new ReleaseRef.Numbered(number));
    }

    public Read release(ReleaseRef wanted) {
        this.release = wanted;
        return this;
    }

    /** Which of the product's objects, as {@code object} or {@code object@version}; needed where it has several. */
    public Read object(String name) {
        this.object = name;
        return this;
    }

    /** A condition in the predicate language: only rows for which it is true. */
    public Read where(String condition) {
        this.where = condition;
        return this;
    }

    /** Only these columns, in this order. */
    public Read columns(List<String> names) {
        this.columns = List.copyOf(names);
        return this;
    }

    public Read columns(String... names) {
        return columns(List.of(names));
    }

    /**
     * Shows the values of these columns, which are tokenized or encrypted, to those who may reveal them; a condition is about the
     * values, then. It is recorded in the audit, whoever reads.
     */
    public Read reveal(List<String> names) {
        this.revealed = List.copyOf(new LinkedHashSet<>(names));
        return this;
    }

    public Read reveal(String... names) {
        return reveal(List.of(names));
    }

    /** At most so many rows. */
    public Read limit(long rows) {
        this.limit = rows;
        return this;
    }

    /**
     * Reads.
     *
     * @throws InvalidInputException if the release, the object, a column or the condition is wrong
     * @throws io.lakemesh.error.AccessDeniedException if the subject may not read the table, or not reveal a column
     */
    public Rows rows() {
        TableVersion table = table();
        long number = history.number(release);
        if (audit != null) {
            audit.denied(Action.READ, table, number);
        }
        RowAccess access = audit == null ? mesh.lakehouse() : governed(audit);
        access.requireReadable(table);
        refuseUnknownColumns(table);
        Scan scan = new Scan(columns, where == null ? null : Predicates.parse(where, table.schema()), false);
        RowAccess shown = revealed.isEmpty() ? access : revealing(table, number);
        if (audit != null) {
            audit.granted(Action.READ, table, number, read(table, scan));
        }
        return new Rows(shown.read(table, scan), limit);
    }

    private GovernedAccess governed(ReadAudit by) {
        return new GovernedAccess(mesh.lakehouse(), by.decisions());
    }

    private RowAccess revealing(TableVersion table, long number) {
        ReadAudit revealing = audit == null ? ownersAudit.apply(release) : audit;
        GovernedAccess access = governed(revealing);
        return access.revealing(new Reveal(mesh, revealing).of(table, number, revealed, access.granted(table)));
    }

    /** The columns that are read: a condition tells of those that it names. */
    private static TableSchema read(TableVersion table, Scan scan) {
        Set<String> names = new LinkedHashSet<>(scan.columns());
        if (names.isEmpty()) {
            return table.schema();
        }
        scan.where().ifPresent(asked -> Predicates.columns(asked).forEach(column -> names.add(column.name())));
        return table.schema().select(List.copyOf(names));
    }

    private TableVersion table() {
        List<TableVersion> tables = history.readableTables(release);
        List<String> objects = tables.stream().map(TableVersion::object).toList();
        if (object == null && tables.size() != 1) {
            throw new InvalidInputException("Cannot read: the product has the objects " + objects + "; say which one");
        }
        List<TableVersion> meant = tables.stream().filter(this::isMeant).toList();
        if (meant.isEmpty()) {
            throw new InvalidInputException("Cannot find object '" + object + "': the product has " + objects
                    + NearMatch.hint(String.valueOf(object), objects));
        }
        if (meant.size() > 1) {
            throw new InvalidInputException(
                    "Cannot read: the release has '" + object + "' in several versions; name one of "
                            + meant.stream().map(Read::exactName).toList());
        }
        return meant.get(0);
    }

    private boolean isMeant(TableVersion table) {
        return object == null
                || table.object().equals(object)
                || exactName(table).equals(object);
    }

    private static String exactName(TableVersion table) {
        return table.object() + "@" + table.contractVersion();
    }

    private void refuseUnknownColumns(TableVersion table) {
        List<String> names = table.schema().fields().stream().map(Field::name).toList();
        Stream.concat(columns.stream(), revealed.stream())
                .filter(column -> !names.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new InvalidInputException("Cannot find column '" + column + "' in " + table.table()
                            + ": it has " + names + NearMatch.hint(column, names));
                });
        revealed.stream()
                .filter(column -> !columns.isEmpty() && !columns.contains(column))
                .findFirst()
                .ifPresent(column -> {
                    throw new InvalidInputException(
                            "Cannot reveal column " + column + ": it is not among the columns that are read");
                });
    }
}
