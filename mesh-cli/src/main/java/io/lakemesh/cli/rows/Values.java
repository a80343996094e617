package io.lakemesh.cli.rows;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.schema.Row;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as JSON and as text: times in ISO 8601, bytes in base64, nested values as JSON. */
public final class Values {
    private Values() {}

    public static Node node(@Nullable Object value) {
        if (value instanceof Row row) {
            return node(row.asMap());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Node> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(text(key), node(entry)));
            return Node.of(entries);
        }
        if (value instanceof List<?> list) {
            return Node.of(list.stream().map(Values::node).toList());
        }
        if (value instanceof TemporalAccessor time) {
            return Node.of(iso(time));
        }
        return Node.of(value instanceof ByteBuffer bytes ? base64(bytes) : value);
    }

    /** With seconds, always: {@code toString()} leaves them out where they are 0. */
    private static String iso(TemporalAccessor time) {
        if (time instanceof OffsetDateTime) {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
        }
        if (time instanceof LocalDateTime) {
            return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(time);
        }
        return time instanceof LocalTime ? DateTimeFormatter.ISO_LOCAL_TIME.format(time) : time.toString();
    }

    /** Empty for null. */
    public static String text(@Nullable Object value) {
        if (value instanceof Row || value instanceof Map || value instanceof List) {
            return Json.writeCompact(node(value));
        }
        return node(value) instanceof Node.Scalar scalar ? scalar.text().orElse("") : "";
    }

    private static String base64(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return Base64.getEncoder().encodeToString(copy);
    }
}
