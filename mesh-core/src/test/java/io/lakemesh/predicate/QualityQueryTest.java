package io.lakemesh.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QualityQueryTest {
    private static final TableSchema SCHEMA =
            new TableSchema(List.of(Field.optional(1, "DataValue", Primitive.DOUBLE)), List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT COUNT(*) FROM {object} WHERE datavalue IS NULL | DataValue IS NULL",
                "select count(*) from ${object} where {property} < 0; | DataValue < 0.0E0",
                "select count(*) from ${table} where ${column} < 0 | DataValue < 0.0E0",
                "select count(*) from Air_Quality where DataValue <= 0 or DataValue >= 500"
                        + " | DataValue <= 0.0E0 OR DataValue >= 500.0E0",
                "SELECT COUNT ( * ) FROM tbl_1 ; | TRUE",
                "SELECT COUNT(*) FROM \"air_quality\" | TRUE",
            })
    void readsCountsOfRows(String query, String condition) {
        assertThat(parse(query, "DataValue"))
                .isInstanceOfSatisfying(QualityQuery.Counts.class, counts -> assertThat(counts.condition())
                        .hasToString(condition));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SELECT SUM(x) FROM {object} | in the query at character 8: expected COUNT, found 'SUM'",
                "SELECT COUNT(*) FROM other | in the query at character 22: expected the object's name, found 'other'",
                "SELECT COUNT(*) FROM {object} GROUP BY 1 | expected WHERE or the end, found 'GROUP'",
                "SELECT COUNT(*) FROM {object} WHERE {property} < 0"
                        + " | the rule belongs to no column that 'property' could stand for",
                "SELECT COUNT(*) FROM {warehouse} | the placeholder 'warehouse' is unknown",
                "SELECT | in the query at character 7: expected COUNT, found the end",
            })
    void saysWhatItDoesNotUnderstand(String query, String reason) {
        assertThat(parse(query, null))
                .isInstanceOfSatisfying(QualityQuery.NotUnderstood.class, other -> assertThat(other.reason())
                        .contains(reason));
    }

    private static QualityQuery.Result parse(String query, @org.jspecify.annotations.Nullable String column) {
        return QualityQuery.parse(query, List.of("Air_Quality", "tbl_1"), SCHEMA, column);
    }
}
