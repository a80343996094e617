package io.lakemesh.batch;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.schema.Row;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One text for equal records: a line of JSON, keys in alphabetical order, bytes in base 64. */
final class CanonicalText {
    private CanonicalText() {}

    static String of(Map<String, ? extends @Nullable Object> record) {
        return Json.writeCompact(Node.of(plain(record))) + "\n";
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((key, entry) -> sorted.put(String.valueOf(key), plain(entry)));
            return sorted;
        }
        if (value instanceof Row row) {
            return plain(row.asMap());
        }
        if (value instanceof Collection<?> collection) {
            List<@Nullable Object> items = new ArrayList<>();
            collection.forEach(item -> items.add(plain(item)));
            return items;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return plain(bytes);
        }
        return value instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : value;
    }
}
