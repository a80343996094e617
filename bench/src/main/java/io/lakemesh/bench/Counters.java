package io.lakemesh.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this process asked of storage and catalog so far ({@link CountedFiles}, {@link CountedDriver}). Safe for use by many threads. */
record Counters(Map<Kind, Long> counts) {
    private static final Map<Kind, LongAdder> SO_FAR = new EnumMap<>(Kind.class);

    static {
        for (Kind kind : Kind.values()) {
            SO_FAR.put(kind, new LongAdder());
        }
    }

    /** What is counted: calls, but for the bytes. */
    enum Kind {
        /** A file's length or existence: HEAD. */
        LOOK,
        /** A file opened for reading: GET. */
        READ,
        /** A file written: PUT. */
        WRITE,
        DELETE,
        LIST,
        /** A statement of SQL. */
        STATEMENT,
        /** Bytes written of all but data files. */
        METADATA_BYTES
    }

    Counters {
        counts = Map.copyOf(counts);
    }

    static void add(Kind kind, long more) {
        counter(kind).add(more);
    }

    private static LongAdder counter(Kind kind) {
        return java.util.Objects.requireNonNull(SO_FAR.get(kind));
    }

    static Counters now() {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        SO_FAR.forEach((kind, counter) -> counts.put(kind, counter.sum()));
        return new Counters(counts);
    }

    /** What was added since. */
    Counters since(Counters before) {
        Map<Kind, Long> counts = new EnumMap<>(Kind.class);
        this.counts.forEach((kind, count) -> counts.put(kind, count - before.of(kind)));
        return new Counters(counts);
    }

    long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Calls of the storage. */
    long storageCalls() {
        return of(Kind.LOOK) + of(Kind.READ) + of(Kind.WRITE) + of(Kind.DELETE) + of(Kind.LIST);
    }
}
