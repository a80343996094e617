package io.lakemesh.protect;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** How a table's columns are protected, compiled. Not thread-safe. */
public final class ProtectedColumns {
    private final List<Column> columns = new ArrayList<>();

    /**
     * A protected column.
     *
     * @param texts what is stored of a text; null where that is no matter of a key
     * @param deterministic what makes stand-ins; null where equal values are not stored alike
     */
    private record Column(
            int position,
            String name,
            Protection protection,
            @Nullable UnaryOperator<String> texts,
            @Nullable Protector deterministic,
            Masking masking) {}

    private ProtectedColumns(TableContract table, Protectors protectors) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnContract column = table.columns().get(i);
            if (column.protection() instanceof Keyed keyed) {
                columns.add(keyed(i, column, keyed, protectors.of(keyed), address(table.table(), column.name())));
            } else if (column.protection() != null) {
                Protection protection = column.protection();
                columns.add(new Column(i, column.name(), protection, null, null, masking(protection, column)));
            }
        }
    }

    /** Compiles a table's protection. */
    public static ProtectedColumns of(TableContract table, Protectors protectors) {
        return new ProtectedColumns(table, protectors);
    }

    /** What encrypted texts of a column are bound to. */
    public static String address(TableName table, String column) {
        return table + "." + column;
    }

    private static Column keyed(int position, ColumnContract column, Keyed keyed, Protector protector, String address) {
        UnaryOperator<String> maker = protector.maker(address);
        boolean deterministic = keyed.kind().isDeterministic();
        UnaryOperator<String> texts = deterministic ? new StandIns(maker) : maker;
        return new Column(
                position, column.name(), keyed, texts, deterministic ? protector : null, Masking.ofTexts(texts));
    }

    private static Masking masking(Protection protection, ColumnContract column) {
        if (protection == Protection.Plain.REDACT) {
            return Masking.ofTexts(text -> Mask.HIDDEN);
        }
        Mask mask = protection instanceof Protection.Generalize generalize ? generalize.mask() : Mask.Plain.NULL;
        return Masking.of(mask, column.type());
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
                return column.protection() == Protection.Plain.DROP ? null : shown(column, text);
            }
        }
        return text;
    }

    private static String shown(Column column, String text) {
        return column.deterministic() == null || column.texts() == null
                ? Mask.HIDDEN
                : column.texts().apply(text.strip());
    }

    /**
     * Requires that the stand-ins in a batch of stored rows can be compared with new ones.
     *
     * @throws InvalidInputException if one was made with an earlier key
     */
    public void requireCurrent(Batch stored) {
        for (Column column : columns) {
            Protector protector = column.deterministic();
            if (protector != null) {
                stored.schema()
                        .position(column.name())
                        .ifPresent(position -> requireCurrent(stored, position, column.name(), protector));
            }
        }
    }

    private static void requireCurrent(Batch stored, int position, String name, Protector protector) {
        Vector values = stored.column(position);
        for (int row = 0; row < stored.size(); row++) {
            if (values.get(row) instanceof String text && !protector.isCurrent(text)) {
                throw new InvalidInputException("Cannot compare column " + name
                        + " with the rows that stay: they were protected with an earlier key of the domain, so that equal"
                        + " values would look different; publish all rows again with mode overwrite");
            }
        }
    }
}
