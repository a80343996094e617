package io.lakemesh.iceberg.profile;

/** What all values of a column could be, the most telling first. */
public enum InferredType {
    BOOLEAN("boolean"),
    INTEGER("integer"),
    NUMBER("number"),
    DATE("date"),
    TIME("time"),
    TIMESTAMP("timestamp"),
    /** Every value names its offset. */
    TIMESTAMP_WITH_OFFSET("timestamp"),
    STRING("string"),
    /** Lists, objects and bytes, values of several types, or no value at all: no contract can be drafted from it. */
    OTHER("other");

    private final String logicalType;

    InferredType(String logicalType) {
        this.logicalType = logicalType;
    }

    /** As ODCS calls it. */
    public String logicalType() {
        return logicalType;
    }
}
