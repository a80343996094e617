package io.lakemesh.iceberg.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON to Java: {@code String}, {@code Boolean}, {@code Long}, {@code BigInteger}, {@code BigDecimal}, {@code List}, {@code Map}.
 * No number loses a digit.
 */
final class JsonValues {
    static final int MAX_DEPTH = 64;
    private static final int MAX_EXPONENT = 1000;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(1000)
                    .maxStringLength(LineReader.MAX_LINE)
                    .build())
            .build();

    private JsonValues() {}

    /** Why a text is refused; holds nothing of it. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String reason) {
            super(reason);
        }
    }

    /** The one object that a text consists of. */
    static Map<String, @Nullable Object> object(byte[] utf8, int start, int end) throws Refused {
        if (!Utf8.isValid(utf8, start, end)) {
            throw new Refused("is not valid UTF-8");
        }
        try (JsonParser parser = FACTORY.createParser(utf8, start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new Refused("is not a JSON object");
            }
            Map<String, @Nullable Object> object = object(parser);
            if (parser.nextToken() != null) {
                throw new Refused("has more than one JSON value");
            }
            return object;
        } catch (StreamConstraintsException e) {
            throw new Refused("is nested deeper than " + MAX_DEPTH + " levels or has a number of over 1000 digits");
        } catch (JsonParseException e) {
            throw new Refused("is not valid JSON (near byte " + e.getLocation().getByteOffset() + " of the line)");
        } catch (IOException e) {
            throw new Refused("is not valid JSON");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws IOException, Refused {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (object.containsKey(name)) {
                throw new Refused("has a key twice");
            }
            parser.nextToken();
            object.put(name, value(parser));
        }
        return object;
    }

    private static List<@Nullable Object> array(JsonParser parser) throws IOException, Refused {
        List<@Nullable Object> array = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser));
        }
        return array;
    }

    private static @Nullable Object value(JsonParser parser) throws IOException, Refused {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new Refused("is not valid JSON");
        };
    }

    /** JSON may escape half of a surrogate pair, which no UTF-8 can hold. */
    private static String text(String text) throws Refused {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int whole = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(whole)) {
                    throw new Refused("has half of a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }

    /** An exponent without bounds would unfold to gigabytes of digits later. */
    private static BigDecimal decimal(JsonParser parser) throws IOException, Refused {
        BigDecimal number = parser.getDecimalValue();
        if (Math.abs((long) number.scale()) > MAX_EXPONENT + number.precision()) {
            throw new Refused("has a number beyond 10^" + MAX_EXPONENT);
        }
        return number;
    }
}
