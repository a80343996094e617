package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrinoTypesTest {
    private final TimeZone zone = TimeZone.getDefault();

    @AfterEach
    void restore() {
        TimeZone.setDefault(zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tinyint | int",
                "real | float",
                "decimal(38,10) | decimal(38, 10)",
                "timestamp(6) | timestamp",
                "timestamp(3) with time zone | timestamptz",
                "timestamp(9) | string",
                "time(6) | time",
                "time(3) with time zone | string",
                "varchar(5) | string",
                "unknown | string",
                "array(array(bigint)) | list<list<long>>",
                "map(varchar,row(a integer,b array(date))) | map<string, struct<a: int, b: list<date>>>",
                "row(integer,timestamp(3) with time zone) | struct<field0: int, field1: timestamptz>",
                "row(A b integer,c time(3)) | struct<A b: int, c: time>"
            })
    void areOursByTheDriversNames(String type, String ours) {
        assertThat(TrinoTypes.column(type)).hasToString("Optional[" + ours + "]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HyperLogLog",
                "array(time(6))",
                "row(a time(3) with time zone)",
                "array(timestamp(9))",
                "row(x,y) varchar,b bigint)"
            })
    void areRefusedWhereTheDriverIsNotExact(String type) {
        assertThat(TrinoTypes.column(type)).isEmpty();
    }

    @Test
    void nestedLocalTimesAreExactOnlyWhereTheZoneSkipsNone() {
        TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
        assertThat(TrinoTypes.column("array(timestamp(6))")).isPresent();

        TimeZone.setDefault(TimeZone.getTimeZone("Europe/London"));
        assertThat(TrinoTypes.column("array(timestamp(6))")).isEmpty();
        assertThat(TrinoTypes.column("timestamp(6)")).isPresent();
        assertThat(TrinoTypes.column("array(timestamp(6) with time zone)")).isPresent();
    }
}
