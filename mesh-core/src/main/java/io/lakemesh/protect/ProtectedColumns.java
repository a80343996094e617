package io.lakemesh.protect;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a table's columns are protected, compiled. Not thread-safe. */
public final class ProtectedColumns {
    private final List<Column> columns = new ArrayList<>();

    /** A protected column, by its position; {@code standIns} is null where no key is needed. */
    private record Column(
            int position, String name, Protection protection, Masking masking, @Nullable StandIns standIns) {}

    private ProtectedColumns(TableContract table, @Nullable Protector protector) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnContract column = table.columns().get(i);
            Protection protection = column.protection();
            if (protection != null) {
                StandIns standIns = protection instanceof Keyed kind ? standIns(kind, protector) : null;
                columns.add(new Column(i, column.name(), protection, masking(protection, column, standIns), standIns));
            }
        }
    }

    /**
     * Compiles a table's protection.
     *
     * @param protector of the table's domain; null where no column needs a key
     */
    public static ProtectedColumns of(TableContract table, @Nullable Protector protector) {
        return new ProtectedColumns(table, protector);
    }

    /**
     * What protects a product's values; null if none of its columns needs a key.
     *
     * @throws InvalidInputException if one does, and the product's domain has no key
     */
    public static @Nullable Protector protector(ProductContract product, KeyRing keys) {
        boolean needed = product.tables().stream()
                .flatMap(table -> table.columns().stream())
                .anyMatch(column -> column.protection() instanceof Keyed);
        return needed ? keys.protector(product.address().domain()) : null;
    }

    private static StandIns standIns(Keyed kind, @Nullable Protector protector) {
        return new StandIns(kind, Objects.requireNonNull(protector, "protector"));
    }

    private static Masking masking(Protection protection, ColumnContract column, @Nullable StandIns standIns) {
        if (standIns != null) {
            return texts(standIns::of);
        }
        if (protection == Protection.Plain.REDACT) {
            return texts(text -> Mask.HIDDEN);
        }
        Mask mask = protection instanceof Protection.Generalize generalize ? generalize.mask() : Mask.Plain.NULL;
        return Masking.of(mask, column.type());
    }

    private static Masking texts(UnaryOperator<String> change) {
        return (column, rows) -> {
            for (int row = 0; row < rows; row++) {
                if (column.get(row) instanceof String text) {
                    column.set(row, change.apply(text));
                }
            }
        };
    }

    /** Whether there is any. */
    public boolean any() {
        return !columns.isEmpty();
    }

    /** Overwrites the protected columns of some of a batch's rows with what may be stored, and of the others with null. */
    public void protect(Batch batch, int[] selected, int count) {
        for (Column column : columns) {
            Vector values = batch.column(column.position());
            clearOthers(values, batch.size(), selected, count);
            column.masking().apply(values, batch.size());
        }
    }

    private static void clearOthers(Vector values, int rows, int[] selected, int count) {
        int next = 0;
        for (int row = 0; row < rows; row++) {
            if (next < count && selected[next] == row) {
                next++;
            } else {
                values.setNull(row);
            }
        }
    }

    /**
     * A raw text of a column, of a row that is set aside. It may be anything, so nothing of it is kept but what a key makes of it.
     *
     * @return what may be stored; null if nothing may
     */
    public @Nullable String rawText(int position, String text) {
        for (Column column : columns) {
            if (column.position() == position) {
                StandIns standIns = column.standIns();
                return column.protection() == Protection.Plain.DROP
                        ? null
                        : standIns == null ? Mask.HIDDEN : standIns.of(text.strip());
            }
        }
        return text;
    }

    /**
     * Requires that the stand-ins in a batch of stored rows can be compared with new ones.
     *
     * @throws InvalidInputException if one was made with an earlier key
     */
    public void requireCurrent(Batch stored) {
        for (Column column : columns) {
            StandIns standIns = column.standIns();
            if (standIns != null) {
                stored.schema()
                        .position(column.name())
                        .ifPresent(position -> requireCurrent(stored, position, column.name(), standIns));
            }
        }
    }

    private static void requireCurrent(Batch stored, int position, String name, StandIns standIns) {
        Vector values = stored.column(position);
        for (int row = 0; row < stored.size(); row++) {
            if (values.get(row) instanceof String text && !standIns.isCurrent(text)) {
                throw new InvalidInputException("Cannot compare column " + name
                        + " with the rows that stay: they were protected with an earlier key of the domain, so that equal"
                        + " values would look different; publish all rows again with mode overwrite");
            }
        }
    }
}
