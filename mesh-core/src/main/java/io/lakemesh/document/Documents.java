package io.lakemesh.document;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads and writes YAML 1.2 (core schema) and with it JSON. What is read is not trusted: size, depth, aliases and the number of
 * keys and values are limited, duplicate keys, keys that are no text, merge keys ({@code <<}), tags outside the core schema and a
 * second document are refused, and no tag makes an object.
 *
 * <p>Every refusal is an {@link InvalidInputException} whose problems have their places.
 */
public final class Documents {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** The parser copies its buffer once for each further piece of a long token: small pieces take quadratic time. */
    private static final int LARGEST_BUFFER = 1 << 22;

    private Documents() {}

    /** Reads what people write, within {@link DocumentLimits#DESCRIPTOR}; the name is for messages. */
    public static Node parse(String name, String text) {
        return parse(name, text, DocumentLimits.DESCRIPTOR);
    }

    /** Reads what people write, in UTF-8, within {@link DocumentLimits#DESCRIPTOR}; the name is for messages. */
    public static Node parse(String name, byte[] utf8) {
        return parse(name, utf8, DocumentLimits.DESCRIPTOR);
    }

    public static Node parse(String name, byte[] utf8, DocumentLimits limits) {
        requireSize(name, utf8.length, limits);
        return parse(name, decode(name, utf8), limits);
    }

    public static Node parse(String name, String text, DocumentLimits limits) {
        requireSize(name, text.length(), limits);
        boolean marked = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK;
        String content = withoutTabIndent(marked ? text.substring(1) : text);
        LoadSettings settings = LoadSettings.builder()
                .setLabel(name)
                .setCodePointLimit(limits.bytes())
                .setBufferSize(Math.max(1, Math.min(content.length(), LARGEST_BUFFER)))
                .build();
        try {
            return new NodeReader(
                            name,
                            limits,
                            new Parse(settings).parseString(content).iterator())
                    .read();
        } catch (MarkedYamlEngineException e) {
            throw refused(place(name, e), sentence(e), e);
        } catch (ReaderException e) {
            String message = "the character U+%04X is not allowed in a YAML file".formatted(e.getCodePoint());
            throw refused(placeOf(name, content, content.offsetByCodePoints(0, e.getPosition())), message, e);
        } catch (NumberFormatException e) {
            throw refused(Place.of(name), "this is no YAML: an escaped character's number is out of range", e);
        } catch (YamlEngineException e) {
            throw refused(Place.of(name), "this is no YAML: " + Shown.plain(String.valueOf(e.getMessage())), e);
        }
    }

    /** Reads a file, within {@link DocumentLimits#DESCRIPTOR}; it is named in messages as the path is given. */
    public static Node read(Path file) {
        return read(file, DocumentLimits.DESCRIPTOR);
    }

    /** Reads a file; the options are those of {@link Files#newInputStream}. */
    public static Node read(Path file, DocumentLimits limits, OpenOption... options) {
        String name = Shown.plain(file.toString());
        if (!Files.isRegularFile(file)) {
            throw refused(Place.of(name), Files.exists(file) ? "this is not a file" : "there is no such file");
        }
        try (InputStream in = Files.newInputStream(file, options)) {
            return parse(name, in.readNBytes(limits.bytes() + 1), limits);
        } catch (NoSuchFileException e) {
            throw refused(Place.of(name), "there is no such file", e);
        } catch (IOException e) {
            throw refused(
                    Place.of(name), "the file cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    /** Block style YAML that reads back as an equal node; ends with a line break. */
    public static String writeYaml(Node node) {
        return writeYaml(node, new IdentityHashMap<>());
    }

    /** Likewise, with comments above the entries that have these very nodes as values. */
    public static String writeYaml(Node node, IdentityHashMap<Node, String> comments) {
        return YamlWriter.write(node, comments);
    }

    /** SHA-256 in hexadecimal digits over the compact JSON with sorted keys; alike for equal content, however it is written. */
    public static String digest(Node node) {
        return CanonicalJson.digest(node);
    }

    private static void requireSize(String name, int size, DocumentLimits limits) {
        if (size > limits.bytes()) {
            throw refused(Place.of(name), "the file is larger than " + limits.bytes() + " bytes");
        }
    }

    /** JSON may be indented with tabs, YAML not: in a text that starts as JSON, each such tab becomes a space. */
    private static String withoutTabIndent(String text) {
        String start = text.stripLeading();
        if (text.indexOf('\t') < 0 || !(start.startsWith("{") || start.startsWith("["))) {
            return text;
        }
        StringBuilder out = new StringBuilder(text);
        boolean indent = true;
        for (int i = 0; i < out.length(); i++) {
            char c = out.charAt(i);
            if (indent && c == '\t') {
                out.setCharAt(i, ' ');
            }
            indent = c == '\n' || (indent && (c == ' ' || c == '\t'));
        }
        return out.toString();
    }

    private static String decode(String name, byte[] utf8) {
        ByteBuffer in = ByteBuffer.wrap(utf8);
        CharBuffer out = CharBuffer.allocate(utf8.length);
        CoderResult result = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(in, out, true);
        String text = out.flip().toString();
        if (result.isError()) {
            throw refused(placeOf(name, text, text.length()), "this is not UTF-8, expected a file in UTF-8");
        }
        return text;
    }

    private static Place placeOf(String name, String text, int offset) {
        String before = text.substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count();
        int start = before.lastIndexOf('\n') + 1;
        return new Place(name, line + 1, before.codePointCount(start, offset) + 1);
    }

    private static Place place(String name, MarkedYamlEngineException e) {
        return e.getProblemMark()
                .or(e::getContextMark)
                .map(mark -> new Place(name, mark.getLine() + 1, mark.getColumn() + 1))
                .orElse(Place.of(name));
    }

    private static String sentence(MarkedYamlEngineException e) {
        String problem = Shown.plain(String.valueOf(e.getProblem()));
        return "this is no YAML: " + (e.getContext() == null ? problem : e.getContext() + ", " + problem);
    }

    private static InvalidInputException refused(Place place, String message) {
        return new InvalidInputException(List.of(Problem.error(place, message)));
    }

    private static InvalidInputException refused(Place place, String message, Exception cause) {
        InvalidInputException refusal = refused(place, message);
        refusal.initCause(cause);
        return refusal;
    }
}
