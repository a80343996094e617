package io.lakemesh.check;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.Limits;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.Rule.Measure;
import io.lakemesh.contract.Rule.Terms.OnFailure;
import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.contract.TableContract;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;

/** Small contracts, made by hand. */
@NullUnmarked
final class Contracts {
    private Contracts() {}

    static ColumnContract column(String name, DataType type) {
        return column(name, type, false, Limits.NONE);
    }

    static ColumnContract required(String name, DataType type) {
        return column(name, type, true, Limits.NONE);
    }

    static ColumnContract column(String name, DataType type, boolean required, Limits limits) {
        return new ColumnContract(
                name, name, null, type, required, Set.of(), null, ZoneOffset.UTC, limits, List.of(), null);
    }

    static ColumnContract formatted(String name, DataType type, String format) {
        return new ColumnContract(
                name, name, null, type, false, Set.of(), format, ZoneOffset.UTC, Limits.NONE, List.of(), null);
    }

    static ColumnContract nested(String name, DataType type, ColumnContract... children) {
        return new ColumnContract(
                name, name, null, type, false, Set.of(), null, ZoneOffset.UTC, Limits.NONE, List.of(children), null);
    }

    static ColumnContract read(String source, ColumnContract column, String... nullTokens) {
        return new ColumnContract(
                column.name(),
                source,
                null,
                column.type(),
                column.required(),
                Set.of(nullTokens),
                column.format(),
                column.zone(),
                column.limits(),
                column.children(),
                null);
    }

    static TableContract table(List<ColumnContract> columns, Rule... rules) {
        return table(columns, 1.0, rules);
    }

    static TableContract table(List<ColumnContract> columns, double maxQuarantined, Rule... rules) {
        List<Field> fields = new ArrayList<>();
        for (ColumnContract column : columns) {
            fields.add(new Field(fields.size() + 1, column.name(), column.type(), column.required(), null));
        }
        return new TableContract(
                "searches",
                "port",
                "contract",
                "1.0.0",
                new TableContract.TableName("police", "searches_v1"),
                "",
                new TableSchema(fields, List.of()),
                columns,
                List.of(),
                List.of(),
                maxQuarantined,
                Arrays.asList(rules));
    }

    static Rule.Metric metric(String id, Measure measure, Threshold threshold, OnFailure onFailure) {
        return new Rule.Metric(id, measure, threshold, new Rule.Terms("error", onFailure, null));
    }

    static Threshold threshold(Threshold.Operator operator, double... operands) {
        return new Threshold(operator, decimals(operands), false, 0);
    }

    static Threshold percent(Threshold.Operator operator, double... operands) {
        return new Threshold(operator, decimals(operands), true, 0);
    }

    static List<BigDecimal> decimals(double... values) {
        return Arrays.stream(values).mapToObj(BigDecimal::valueOf).toList();
    }

    static Limits pattern(String pattern) {
        return new Limits(null, null, null, null, null, pattern, null, null, null, false, List.of());
    }
}
