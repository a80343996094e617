package io.lakemesh.contract;

import io.lakemesh.document.Node;
import io.lakemesh.predicate.Predicate;
import io.lakemesh.predicate.Predicates;
import io.lakemesh.predicate.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Something that a contract asks of a table beyond its columns' limits. {@code id} is unique in its table. */
public sealed interface Rule {
    String id();

    /** No two rows of the resulting table agree in all these columns, rows with a null in any of them apart. Breaks by refusing. */
    record Unique(String id, List<String> columns, boolean primaryKey) implements Rule {
        public Unique {
            columns = List.copyOf(columns);
        }
    }

    /** A number over the rows that would be published, and what it must be. */
    record Metric(String id, Measure measure, Threshold threshold, Terms terms) implements Rule {}

    /** A quality engine found by name; {@code implementation} goes to it as it stands. */
    record Custom(String id, String engine, Node implementation, Terms terms) implements Rule {}

    /**
     * A service level read as a check of the run; a retention of no column is one of releases, which maintenance keeps.
     *
     * @param column the column that its {@code element} names; null for none
     * @param limit the value and unit as a duration
     */
    record ServiceLevel(String id, Level level, @Nullable String column, Duration limit) implements Rule {
        /** Latency: the newest value's age at publishing; frequency: time since the last release; retention: the oldest value's age. */
        public enum Level {
            LATENCY,
            FREQUENCY,
            RETENTION
        }

        /** Whether it says how long releases stay readable, not how old rows may get. */
        public boolean isOfReleases() {
            return level == Level.RETENTION && column == null;
        }
    }

    /** Shown, not checked; {@code reason} says why. */
    record NotChecked(String id, String text, String reason) implements Rule {}

    /** What is counted. */
    sealed interface Measure {
        /** The metric's name in reports: the library's, or {@code sql}. */
        String metric();

        /** The columns whose values it looks at. */
        List<String> columns();

        /** Rows. */
        record RowCount() implements Measure {
            @Override
            public String metric() {
                return "rowCount";
            }

            @Override
            public List<String> columns() {
                return List.of();
            }
        }

        /** Rows whose value in the column is null. */
        record NullValues(String column) implements Measure {
            @Override
            public String metric() {
                return "nullValues";
            }

            @Override
            public List<String> columns() {
                return List.of(column);
            }
        }

        /** Rows whose value is null or, as text, one of {@code tokens}. */
        record MissingValues(String column, Set<String> tokens) implements Measure {
            public MissingValues {
                tokens = Set.copyOf(tokens);
            }

            @Override
            public String metric() {
                return "missingValues";
            }

            @Override
            public List<String> columns() {
                return List.of(column);
            }
        }

        /**
         * Rows whose value is not null and neither one of {@code validValues} (as text; null: any) nor matches {@code pattern}
         * (RE2, some part; null: any), as far as each is given.
         */
        record InvalidValues(String column, @Nullable Set<String> validValues, @Nullable String pattern, Limits limits)
                implements Measure {
            @Override
            public String metric() {
                return "invalidValues";
            }

            @Override
            public List<String> columns() {
                return List.of(column);
            }
        }

        /** Rows beyond the first of each group that agrees in all these columns; rows with a null in any of them apart. */
        record DuplicateValues(List<String> columns) implements Measure {
            public DuplicateValues {
                columns = List.copyOf(columns);
            }

            @Override
            public String metric() {
                return "duplicateValues";
            }
        }

        /** Rows for which a condition is true. */
        record RowsWhere(Predicate condition) implements Measure {
            @Override
            public String metric() {
                return "sql";
            }

            @Override
            public List<String> columns() {
                return Predicates.columns(condition).stream()
                        .map(Value.Column::name)
                        .toList();
            }
        }
    }

    /**
     * What a measured number must be.
     *
     * @param percent whether it is compared as a percentage of the run's rows, or for a relative one of the median
     * @param medianOf compared with the median of so many last releases; 0 for none
     */
    record Threshold(Operator operator, List<BigDecimal> operands, boolean percent, int medianOf) {
        public Threshold {
            operands = List.copyOf(operands);
        }

        /** ODCS's operators; both betweens are exclusive of their ends, as the standard's documents say. */
        public enum Operator {
            MUST_BE("mustBe"),
            MUST_NOT_BE("mustNotBe"),
            MUST_BE_GREATER_THAN("mustBeGreaterThan"),
            MUST_BE_GREATER_OR_EQUAL_TO("mustBeGreaterOrEqualTo"),
            MUST_BE_LESS_THAN("mustBeLessThan"),
            MUST_BE_LESS_OR_EQUAL_TO("mustBeLessOrEqualTo"),
            MUST_BE_BETWEEN("mustBeBetween"),
            MUST_NOT_BE_BETWEEN("mustNotBeBetween");

            private final String key;

            Operator(String key) {
                this.key = key;
            }

            /** The key in the standard. */
            public String key() {
                return key;
            }
        }
    }

    /** What follows when a rule does not hold. */
    record Terms(String severity, OnFailure onFailure, @Nullable String description) {
        /** The verdict of a failed rule. */
        public enum OnFailure {
            REFUSE,
            WARN,
            QUARANTINE
        }
    }
}
