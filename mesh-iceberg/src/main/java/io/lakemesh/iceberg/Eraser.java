package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.ConflictException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.run.ErasureOrder;
import io.lakemesh.run.TableErasure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Removes rows from all tables of a product that have the key's columns, and from those of rows that were set aside. */
final class Eraser {
    /** From when a release is recorded to its first commit, and much more. */
    private static final Duration LONGEST_PUBLISH = Duration.ofHours(1);

    private final IcebergCatalog catalog;
    private final FileBlobStore blobs;
    private final Intents intents;

    Eraser(IcebergCatalog catalog, FileBlobStore blobs) {
        this.catalog = catalog;
        this.blobs = blobs;
        this.intents = new Intents(catalog, blobs);
    }

    List<TableErasure> erase(ErasureOrder order) {
        intents.forget(order.address(), blobs.now().minus(LONGEST_PUBLISH));
        if (intents.isOpen(order.address())) {
            throw new ConflictException("Cannot erase from " + order.address()
                    + ": a release is being published; run it again when it has ended; if its process was killed, publish"
                    + " again or wait an hour");
        }
        Map<TableName, BaseTable> tables = new LinkedHashMap<>();
        new ProductTables(catalog).of(order.address()).forEach(table -> tables.put(ProductTables.name(table), table));
        order.setAside().forEach(name -> {
            BaseTable table = catalog.find(name);
            if (table != null) {
                tables.putIfAbsent(name, table);
            }
        });
        requireColumns(order, tables);
        List<TableErasure> erased = new ArrayList<>();
        tables.forEach((name, table) -> erased.add(erase(order, name, table, tables)));
        return erased;
    }

    private static void requireColumns(ErasureOrder order, Map<TableName, BaseTable> tables) {
        List<TableMetadata> own = tables.values().stream()
                .filter(table -> setAsideOf(table) == null)
                .map(table -> table.operations().current())
                .toList();
        if (!own.isEmpty()
                && own.stream().noneMatch(table -> KeyColumns.of(table, order).isPresent())) {
            List<String> known = own.stream()
                    .flatMap(table -> table.schema().columns().stream())
                    .map(Types.NestedField::name)
                    .distinct()
                    .toList();
            throw new InvalidInputException("Cannot erase from " + order.address() + ": none of its tables has "
                    + (order.key().size() == 1 ? "the key's column " : "all of the key's columns ")
                    + String.join(", ", order.key().keySet())
                    + " as a column of text, whole numbers, decimals, dates, times or uuids"
                    + (order.key().size() == 1
                            ? NearMatch.hint(order.key().keySet().iterator().next(), known)
                            : ""));
        }
    }

    private TableErasure erase(ErasureOrder order, TableName name, BaseTable table, Map<TableName, BaseTable> tables) {
        String setAsideOf = setAsideOf(table);
        BaseTable typed = setAsideOf == null ? table : tables.get(new TableName(name.namespace(), setAsideOf));
        Optional<KeyColumns> columns = typed == null
                ? Optional.empty()
                : KeyColumns.of(typed.operations().current(), order);
        if (typed != null && columns.isEmpty()) {
            return new TableErasure(name, false, true, List.of(), 0, 0);
        }
        RowMatch match = setAsideOf == null ? columns.orElseThrow() : new KeyRecords(order, columns);
        try {
            return new Erasure(blobs, intents, order, table, name, match).erase();
        } catch (CommitStateUnknownException e) {
            throw new UnavailableException(
                    "Cannot tell whether the erasure from table " + name
                            + " was committed: the catalog does not answer; no file was removed; run it again",
                    e);
        }
    }

    private static @Nullable String setAsideOf(BaseTable table) {
        return table.properties().get(TableProperties.QUARANTINE);
    }
}
