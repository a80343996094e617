package io.lakemesh.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.Batch;
import io.lakemesh.check.QualityEngine.Evaluation;
import io.lakemesh.check.QualityEngine.Verdict;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class OneMonthTest {
    private static final TableSchema SCHEMA = new TableSchema(
            List.of(Field.optional(1, "at", Primitive.TIMESTAMPTZ), Field.optional(2, "text", Primitive.STRING)),
            List.of());

    @Test
    void countsTheRowsOutsideTheMonthOfMost() {
        Verdict verdict = judge(
                "2019-12-31T23:59:59.999999Z",
                "2020-01-01T00:00:00Z",
                null,
                "2020-01-31T23:59:59Z",
                "1969-12-31T23:00:00Z",
                "2020-01-15T12:00:00Z",
                "2020-02-01T00:00:00Z");

        assertThat(verdict.holds()).isFalse();
        assertThat(verdict.value()).isEqualByComparingTo("3");
        assertThat(verdict.note()).isEqualTo("months in this run: [1969-12, 2019-12, 2020-01, 2020-02]");
    }

    @Test
    void holdsForAMonthAndForNothing() {
        assertThat(judge("2020-01-01T00:00:00Z", "2020-01-31T23:59:59Z").holds())
                .isTrue();
        assertThat(judge().holds()).isTrue();
    }

    @Test
    void refusesColumnsThatItCannotJudge() {
        OneMonth engine = new OneMonth();

        assertThatThrownBy(() -> engine.start(SCHEMA, Node.of(Map.of("column", "when"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("needs 'column'");
        assertThatThrownBy(() -> engine.start(SCHEMA, Node.of(Map.of("column", "text"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("text is string");
    }

    private static Verdict judge(@Nullable String... times) {
        Batch batch = new Batch(SCHEMA);
        for (int row = 0; row < times.length; row++) {
            String time = times[row];
            batch.column(0).set(row, time == null ? null : OffsetDateTime.parse(time));
        }
        batch.setSize(times.length);
        Evaluation evaluation = new OneMonth().start(SCHEMA, Node.of(Map.of("column", "at")));
        evaluation.add(batch, IntStream.range(0, times.length).toArray(), times.length);
        return evaluation.finish();
    }
}
