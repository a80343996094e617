package io.lakemesh.check;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.mask.Mask;
import io.lakemesh.protect.ProtectedColumns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a file each column of the contract is: by its source name exactly, by its name exactly, or by either without
 * regard to case if only one fits.
 */
final class SourceMapping {
    private static final int ABSENT = -1;

    private final List<ColumnContract> columns;
    private final ProtectedColumns protection;
    private final String file;
    private final List<String> names;
    private final int[] positions;

    private SourceMapping(List<ColumnContract> columns, RawBatch raw, ProtectedColumns protection) {
        this.columns = columns;
        this.protection = protection;
        this.file = raw.file();
        this.names = raw.names();
        this.positions = columns.stream().mapToInt(this::find).toArray();
    }

    /**
     * Maps the columns of a batch's file.
     *
     * @throws InvalidInputException if the file's header lacks a column that is required, or has one twice. Sources without a
     *     header (JSON) may lack any column in any row: there it is the rows that break the rule
     */
    static SourceMapping of(List<ColumnContract> columns, RawBatch raw, ProtectedColumns protection) {
        SourceMapping mapping = new SourceMapping(columns, raw, protection);
        if (hasHeader(raw)) {
            mapping.refuseMissing();
        }
        return mapping;
    }

    private static boolean hasHeader(RawBatch raw) {
        return IntStream.range(0, raw.names().size()).allMatch(i -> raw.column(i) instanceof RawColumn.Text);
    }

    boolean isOf(RawBatch raw) {
        return names.equals(raw.names()) && file.equals(raw.file());
    }

    /** The batch's column for a column of the contract; null if the file has none. */
    @Nullable
    RawColumn column(RawBatch raw, int position) {
        return positions[position] == ABSENT ? null : raw.column(positions[position]);
    }

    /**
     * A row's values as text, by the file's own names, as they may be stored; of the contract's columns only, since nobody vouches
     * for others.
     */
    Map<String, String> record(RawBatch raw, int row) {
        Map<String, String> record = new TreeMap<>();
        for (int i = 0; i < positions.length; i++) {
            Object value =
                    positions[i] == ABSENT ? null : raw.column(positions[i]).get(row);
            String text = value == null ? null : protection.rawText(i, RawText.of(value));
            if (text != null) {
                // two protected columns may be read from one: neither may tell more than the other
                record.merge(names.get(positions[i]), text, (one, other) -> one.equals(other) ? one : Mask.HIDDEN);
            }
        }
        return record;
    }

    /** What to tell people of the file's columns that the contract does not name. */
    Optional<String> note() {
        List<String> ignored = ignored();
        return ignored.isEmpty()
                ? Optional.empty()
                : Optional.of("columns that the contract does not name are ignored: " + shown(ignored));
    }

    /** Where the first row is taken for a header that the file does not have, names are a person's values. */
    private String shown(List<String> found) {
        return protection.any() ? Integer.toString(found.size()) : String.join(", ", found);
    }

    private List<String> ignored() {
        return IntStream.range(0, names.size())
                .filter(i -> Arrays.stream(positions).noneMatch(position -> position == i))
                .mapToObj(names::get)
                .toList();
    }

    private int find(ColumnContract column) {
        List<Predicate<String>> ways = List.of(
                column.sourceName()::equals,
                column.name()::equals,
                column.sourceName()::equalsIgnoreCase,
                column.name()::equalsIgnoreCase);
        for (Predicate<String> way : ways) {
            List<Integer> found = matching(way);
            if (found.size() > 1) {
                throw new InvalidInputException("Cannot map " + file + ": " + found.size() + " of its columns could be "
                        + column.name() + "; rename them so that one is " + column.sourceName());
            }
            if (!found.isEmpty()) {
                return found.get(0);
            }
        }
        return ABSENT;
    }

    private List<Integer> matching(Predicate<String> way) {
        return IntStream.range(0, names.size())
                .filter(i -> way.test(names.get(i)))
                .boxed()
                .toList();
    }

    private String hint(ColumnContract column) {
        return protection.any() ? "" : NearMatch.hint(column.sourceName(), ignored());
    }

    private void refuseMissing() {
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < positions.length; i++) {
            ColumnContract column = columns.get(i);
            if (positions[i] == ABSENT && column.required()) {
                missing.add("'" + column.sourceName() + "'" + hint(column));
            }
        }
        if (!missing.isEmpty()) {
            throw new InvalidInputException("Cannot map " + file + ": no column " + String.join(", no column ", missing)
                    + " (required); found "
                    + (protection.any()
                            ? names.size() + " columns, whose names are not shown since some are protected"
                            : shown(names)));
        }
    }
}
