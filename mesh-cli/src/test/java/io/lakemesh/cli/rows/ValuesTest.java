package io.lakemesh.cli.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.schema.Row;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValuesTest {
    @Test
    void writesTimesWithTheirSecondsEvenWhereTheyAreZero() {
        assertThat(Values.text(OffsetDateTime.parse("2026-01-02T23:14:00Z"))).isEqualTo("2026-01-02T23:14:00Z");
        assertThat(Values.text(OffsetDateTime.parse("2026-01-02T23:14:05.25Z"))).isEqualTo("2026-01-02T23:14:05.25Z");
        assertThat(Values.text(LocalDateTime.parse("2026-01-02T23:14"))).isEqualTo("2026-01-02T23:14:00");
        assertThat(Values.text(LocalTime.parse("23:14"))).isEqualTo("23:14:00");
        assertThat(Values.text(LocalDate.parse("2026-01-02"))).isEqualTo("2026-01-02");
    }

    @Test
    void writesNestedValuesAsJson() {
        Row row = new Row(List.of("at", "tags"), List.of(LocalTime.NOON, List.of("a", "b\"")));

        assertThat(Values.text(row)).isEqualTo("{\"at\":\"12:00:00\",\"tags\":[\"a\",\"b\\\"\"]}");
    }
}
