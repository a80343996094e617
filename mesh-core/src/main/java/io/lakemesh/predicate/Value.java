package io.lakemesh.predicate;

import io.lakemesh.schema.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operand of a {@link Predicate}: a column, a literal, a function of such, or in a row filter an attribute of the subject. */
public sealed interface Value {
    DataType type();

    /** A column by name and by its position in the schema that the text was parsed against. */
    record Column(String name, int position, DataType type) implements Value {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** A constant in the class that {@link DataType} names; null for SQL's NULL. */
    record Literal(@Nullable Object value, DataType type) implements Value {
        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** What is known of whoever asks, as {@code subject.name} in a row filter: texts, none to many. */
    record Attribute(String name) implements Value {
        @Override
        public DataType type() {
            return DataType.Primitive.STRING;
        }

        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** One of the closed list of functions. */
    record Call(Function function, List<Value> arguments, DataType type) implements Value {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return PredicateText.of(this);
        }
    }

    /** The functions that every rendering can honour. */
    enum Function {
        LOWER,
        UPPER,
        TRIM,
        LENGTH,
        ABS,
        YEAR,
        MONTH,
        DAY,
        HOUR,
        COALESCE
    }
}
