package io.lakemesh.cli.demo;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.LongVector;
import io.lakemesh.check.QualityEngine;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Counts the rows of a run that lie outside the run's own month, the one (UTC) that most of its rows lie in. No rule over single
 * rows can say this: a contract holds for every month, and which month a delivery is meant to be only its rows tell.
 *
 * <p>In a contract: {@code type: custom, engine: one-month, implementation: { column: searched_at }}.
 */
public final class OneMonth implements QualityEngine {
    @Override
    public String name() {
        return "one-month";
    }

    @Override
    public Evaluation start(TableSchema schema, Node implementation) {
        String column = implementation instanceof Node.Mapping mapping
                ? mapping.text("column").orElse("")
                : "";
        int position = schema.position(column)
                .orElseThrow(() -> new InvalidInputException(implementation.place()
                        + ": engine one-month needs 'column', the name of one of the object's columns"));
        DataType type = schema.field(position).type();
        if (type != DataType.Primitive.TIMESTAMPTZ && type != DataType.Primitive.TIMESTAMP) {
            throw new InvalidInputException(
                    implementation.place() + ": engine one-month needs a timestamp, " + column + " is " + type);
        }
        return new Months(position);
    }

    private static final class Months implements Evaluation {
        private final int position;
        private final Map<YearMonth, Long> counts = new TreeMap<>();
        private YearMonth month = YearMonth.of(1970, 1);
        private long start;
        private long end;
        private long inMonth;

        Months(int position) {
            this.position = position;
        }

        @Override
        public void add(Batch batch, int[] selected, int count) {
            LongVector column = (LongVector) batch.column(position);
            for (int i = 0; i < count; i++) {
                if (!column.isNull(selected[i])) {
                    add(column.value(selected[i]));
                }
            }
        }

        private void add(long micros) {
            if (micros < start || micros >= end) {
                turnTo(micros);
            }
            inMonth++;
        }

        private void turnTo(long micros) {
            keep();
            month = YearMonth.from(LocalDate.ofEpochDay(Math.floorDiv(micros, TimeUnit.DAYS.toMicros(1))));
            start = micros(month);
            end = micros(month.plusMonths(1));
        }

        private static long micros(YearMonth month) {
            return TimeUnit.SECONDS.toMicros(
                    month.atDay(1).atStartOfDay(ZoneOffset.UTC).toEpochSecond());
        }

        private void keep() {
            if (inMonth > 0) {
                counts.merge(month, inMonth, Long::sum);
                inMonth = 0;
            }
        }

        @Override
        public Verdict finish() {
            keep();
            long all = counts.values().stream().mapToLong(Long::longValue).sum();
            long most =
                    counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
            String note = counts.size() < 2 ? null : "months in this run: " + counts.keySet();
            return new Verdict(all == most, BigDecimal.valueOf(all - most), "mustBe 0", note);
        }
    }
}
