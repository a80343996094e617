package io.lakemesh.run;

import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of a {@link MeshTable}, each with what it shows of a {@code T}. Not thread-safe while columns are added. */
public final class Layout<T> {
    private final List<Field> fields = new ArrayList<>();
    private final List<Function<T, @Nullable Object>> values = new ArrayList<>();

    public Layout<T> text(String name, String doc, Function<T, @Nullable String> value) {
        return column(name, DataType.Primitive.STRING, doc, value::apply);
    }

    public Layout<T> number(String name, String doc, Function<T, @Nullable Long> value) {
        return column(name, DataType.Primitive.LONG, doc, value::apply);
    }

    public Layout<T> measure(String name, String doc, Function<T, @Nullable Double> value) {
        return column(name, DataType.Primitive.DOUBLE, doc, value::apply);
    }

    public Layout<T> time(String name, String doc, Function<T, @Nullable Instant> value) {
        return column(name, DataType.Primitive.TIMESTAMPTZ, doc, of -> utc(value.apply(of)));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private Layout<T> column(String name, DataType type, String doc, Function<T, @Nullable Object> value) {
        fields.add(new Field(Field.UNASSIGNED, name, type, false, doc));
        values.add(value);
        return this;
    }

    public TableSchema schema() {
        return new TableSchema(fields, List.of());
    }

    public Row row(T of) {
        List<@Nullable Object> row = new ArrayList<>(values.size());
        values.forEach(value -> row.add(value.apply(of)));
        return new Row(fields.stream().map(Field::name).toList(), row);
    }
}
