package io.lakemesh.check;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.TableContract;
import io.lakemesh.predicate.Evaluator;
import io.lakemesh.schema.DataType;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tests of the measures that count rows one by one. */
final class RowTests {
    private static final int MAX_KNOWN = 4096;

    private RowTests() {}

    /** Null for the measures that need to see several rows. */
    static @Nullable RowTest of(Measure measure, TableContract contract) {
        if (measure instanceof Measure.RowCount) {
            return (batch, row) -> true;
        }
        if (measure instanceof Measure.NullValues nulls) {
            int position = KeyEncoder.position(contract.schema(), nulls.column());
            return (batch, row) -> batch.column(position).isNull(row);
        }
        if (measure instanceof Measure.MissingValues missing) {
            return missing(missing, contract);
        }
        if (measure instanceof Measure.RowsWhere where) {
            return Evaluator.of(where.condition())::isTrue;
        }
        return measure instanceof Measure.InvalidValues invalid ? invalid(invalid, contract) : null;
    }

    private static RowTest missing(Measure.MissingValues measure, TableContract contract) {
        int position = KeyEncoder.position(contract.schema(), measure.column());
        ValueSet tokens = ValueSet.of(contract.columns().get(position), measure.tokens());
        return (batch, row) -> {
            Vector column = batch.column(position);
            return column.isNull(row) || tokens.contains(column, row);
        };
    }

    private static RowTest invalid(Measure.InvalidValues measure, TableContract contract) {
        int position = KeyEncoder.position(contract.schema(), measure.column());
        ColumnContract column = contract.columns().get(position);
        RowTest valid = isListed(measure, column, position);
        RowTest matching = matches(measure, position);
        RowTest within = isWithin(measure, column, position);
        RowTest test = (batch, row) -> !batch.column(position).isNull(row)
                && !(valid.counts(batch, row) && matching.counts(batch, row) && within.counts(batch, row));
        return column.type() == DataType.Primitive.STRING ? new KnownTexts(position, test) : test;
    }

    private static RowTest isListed(Measure.InvalidValues measure, ColumnContract column, int position) {
        if (measure.validValues() == null) {
            return (batch, row) -> true;
        }
        ValueSet values = ValueSet.of(column, measure.validValues());
        return (batch, row) -> values.contains(batch.column(position), row);
    }

    private static RowTest matches(Measure.InvalidValues measure, int position) {
        if (measure.pattern() == null) {
            return (batch, row) -> true;
        }
        Predicate<String> pattern = remembering(TextPattern.of(measure.pattern(), measure.column())::matches);
        return (batch, row) ->
                pattern.test(String.valueOf(batch.column(position).get(row)));
    }

    /** Asks once for each of the first distinct texts. */
    private static Predicate<String> remembering(Predicate<String> test) {
        Map<String, Boolean> known = new HashMap<>();
        return text -> {
            Boolean answer = known.get(text);
            if (answer == null) {
                answer = test.test(text);
                if (known.size() < MAX_KNOWN) {
                    known.put(text, answer);
                }
            }
            return answer;
        };
    }

    private static RowTest isWithin(Measure.InvalidValues measure, ColumnContract column, int position) {
        CellLimits limits = CellLimits.of(column.type(), measure.limits(), column.name());
        Cell cell = new Cell();
        return (batch, row) -> {
            load(batch.column(position), row, cell);
            return limits.hold(cell);
        };
    }

    private static void load(Vector column, int row, Cell cell) {
        cell.clear();
        if (column instanceof LongVector longs) {
            cell.setWhole(longs.value(row));
        } else if (column instanceof DoubleVector doubles) {
            cell.setNumber(doubles.value(row));
        } else {
            cell.setObject(Objects.requireNonNull(column.get(row)));
        }
    }
}
