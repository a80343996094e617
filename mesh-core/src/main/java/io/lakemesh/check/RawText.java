package io.lakemesh.check;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.schema.Row;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Raw values as text, for the quarantine: so that they can be mended there and read again. */
final class RawText {
    private RawText() {}

    static String of(Object value) {
        if (value instanceof Map<?, ?> || value instanceof Collection<?> || value instanceof Row) {
            return Json.writeCompact(Node.of(plain(value)));
        }
        return scalar(value);
    }

    private static String scalar(Object value) {
        if (value instanceof BigDecimal number) {
            return Math.abs((long) number.scale()) > 1000 ? number.toString() : number.toPlainString();
        }
        if (value instanceof byte[] bytes) {
            return Base64.getEncoder().encodeToString(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return Base64.getEncoder().encodeToString(bytes);
        }
        return value.toString();
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Row row) {
            return plain(row.asMap());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            map.forEach((key, entry) -> plain.put(String.valueOf(key), plain(entry)));
            return plain;
        }
        if (value instanceof Collection<?> items) {
            Collection<@Nullable Object> plain = new ArrayList<>();
            items.forEach(item -> plain.add(plain(item)));
            return plain;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : scalar(value);
    }
}
