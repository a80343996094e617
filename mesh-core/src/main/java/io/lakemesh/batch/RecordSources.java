package io.lakemesh.batch;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Records of a Java program as sources. Values are of the classes that {@link io.lakemesh.schema.DataType} names, or texts that
 * are converted as a file's would be. The evidence's digest covers each record's names and values, names in alphabetical order.
 */
public final class RecordSources {
    private RecordSources() {}

    /** Can be read as often as the iterable can. */
    public static RecordSource of(String name, Iterable<? extends Map<String, ? extends @Nullable Object>> records) {
        return new JavaRecords(name) {
            @Override
            public RecordReader open() {
                return new MapReader(name(), records.iterator(), () -> {});
            }
        };
    }

    /** Can be read once; the reader's end closes the stream. */
    public static RecordSource of(String name, Stream<? extends Map<String, ? extends @Nullable Object>> records) {
        AtomicBoolean opened = new AtomicBoolean();
        return new JavaRecords(name) {
            @Override
            public RecordReader open() {
                if (opened.getAndSet(true)) {
                    throw new IllegalStateException("Cannot read source " + name() + " again: a stream is read once");
                }
                Iterator<? extends Map<String, ? extends @Nullable Object>> iterator = records.iterator();
                return new MapReader(name(), iterator, records::close);
            }
        };
    }

    private abstract static class JavaRecords implements RecordSource {
        private final String name;

        JavaRecords(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }
    }
}
