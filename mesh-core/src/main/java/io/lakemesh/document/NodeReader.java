package io.lakemesh.document;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/** Builds the tree from the parser's events, counting what it costs. Reads one document; not thread-safe. */
final class NodeReader {
    private static final int MOST_PROBLEMS = 100;
    private static final String CORE = "tag:yaml.org,2002:";

    private final String name;
    private final DocumentLimits limits;
    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Problems problems = new Problems();
    private int aliases;
    private long nodes;
    private long characters;
    private int deepest;

    /** A finished node that an alias can stand for, and what it costs each time. */
    private record Anchored(Node node, long nodes, long characters, int height) {}

    NodeReader(String name, DocumentLimits limits, Iterator<Event> events) {
        this.name = name;
        this.limits = limits;
        this.events = events;
    }

    Node read() {
        expect(Event.ID.StreamStart);
        Event start = events.next();
        if (start.getEventId() == Event.ID.StreamEnd) {
            throw refused(Place.of(name), "the file is empty, expected a mapping");
        }
        Node node = node(events.next(), 1);
        expect(Event.ID.DocumentEnd);
        Event end = events.next();
        if (end.getEventId() != Event.ID.StreamEnd) {
            throw refused(place(end), "a second document starts here, expected one document in a file");
        }
        problems.throwIfErrors();
        return node;
    }

    private void expect(Event.ID id) {
        Event event = events.next();
        if (event.getEventId() != id) {
            throw new IllegalStateException("Expected " + id + " but the parser gave " + event.getEventId());
        }
    }

    private Node node(Event event, int depth) {
        if (depth > limits.depth()) {
            throw refused(place(event), "nested deeper than " + limits.depth() + " levels");
        }
        deepest = Math.max(deepest, depth);
        count(event, 1, 0);
        if (event instanceof AliasEvent alias) {
            return expand(alias, depth);
        }
        Optional<Anchor> anchor = event instanceof NodeEvent named ? named.getAnchor() : Optional.empty();
        return anchor.isPresent() ? anchored(anchor.get(), event, depth) : content(event, depth);
    }

    private Node anchored(Anchor anchor, Event event, int depth) {
        anchors.remove(anchor);
        long nodesBefore = nodes;
        long charactersBefore = characters;
        int deepestBefore = deepest;
        deepest = depth;
        Node node = content(event, depth);
        anchors.put(anchor, new Anchored(node, nodes - nodesBefore, characters - charactersBefore, deepest - depth));
        deepest = Math.max(deepest, deepestBefore);
        return node;
    }

    private Node expand(AliasEvent event, int depth) {
        aliases++;
        if (aliases > limits.aliases()) {
            throw refused(place(event), "more than " + limits.aliases() + " aliases");
        }
        Anchored target = anchors.get(event.getAlias());
        if (target == null) {
            throw refused(place(event), "the alias has no anchor before it, or stands within what it refers to");
        }
        count(event, target.nodes(), target.characters());
        deepest = Math.max(deepest, depth + target.height());
        if (deepest > limits.depth()) {
            throw refused(place(event), "with its aliases nested deeper than " + limits.depth() + " levels");
        }
        return target.node();
    }

    private Node content(Event event, int depth) {
        if (event instanceof ScalarEvent scalar) {
            return scalar(scalar);
        }
        checkCollectionTag((CollectionStartEvent) event);
        return event.getEventId() == Event.ID.MappingStart ? mapping(event, depth) : sequence(event, depth);
    }

    private Node.Sequence sequence(Event start, int depth) {
        List<Node> elements = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            elements.add(node(event, depth + 1));
        }
        return new Node.Sequence(elements, place(start));
    }

    private Node.Mapping mapping(Event start, int depth) {
        Map<String, Node> entries = new LinkedHashMap<>();
        Map<String, Place> places = new HashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            Optional<String> key = key(event, depth);
            Node value = node(events.next(), depth + 1);
            if (key.isPresent() && isNew(key.get(), event, places)) {
                entries.put(key.get(), value);
            }
        }
        return new Node.Mapping(entries, places, place(start));
    }

    private Optional<String> key(Event event, int depth) {
        Node key = node(event, depth + 1);
        if (event instanceof ScalarEvent scalar
                && key instanceof Node.Scalar read
                && read.value() instanceof String text) {
            if (text.equals("<<") && scalar.isPlain()) {
                problem(event, "'<<' is not part of YAML 1.2, expected the keys themselves");
            }
            return Optional.of(text);
        }
        problem(event, "this key is " + kind(key) + ", expected text (put it in quotes)");
        return Optional.empty();
    }

    private static String kind(Node key) {
        if (!(key instanceof Node.Scalar scalar)) {
            return "no scalar";
        }
        Object value = scalar.value();
        return value == null
                ? "null"
                : value instanceof Boolean ? "a boolean" : value instanceof String ? "an alias" : "a number";
    }

    private boolean isNew(String key, Event event, Map<String, Place> places) {
        Place earlier = places.putIfAbsent(key, place(event));
        if (earlier != null) {
            problem(event, "the key " + Shown.quoted(key) + " stands here again, first at line " + earlier.line());
        }
        return earlier == null;
    }

    private Node.Scalar scalar(ScalarEvent event) {
        count(event, 0, event.getValue().length());
        return new Node.Scalar(value(event), place(event));
    }

    private @Nullable Object value(ScalarEvent event) {
        String text = event.getValue();
        Optional<String> tag = event.getTag();
        if (tag.isEmpty()) {
            return event.isPlain() ? resolve(event) : text;
        }
        if (tag.get().equals("!") || tag.get().equals(CORE + "str")) {
            return text;
        }
        Object value = resolve(event);
        if (!tag.get().equals(CORE + tagOf(value, text))) {
            refuseTag(event, tag.get());
        }
        return value;
    }

    private @Nullable Object resolve(ScalarEvent event) {
        try {
            return CoreScalars.resolve(event.getValue());
        } catch (ArithmeticException tooLong) {
            problem(
                    event,
                    "this number is out of range, expected at most " + CoreScalars.LONGEST_NUMBER
                            + " digits (text goes in quotes)");
            return null;
        }
    }

    private static String tagOf(@Nullable Object value, String text) {
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean) {
            return "bool";
        }
        if (value instanceof BigDecimal) {
            return text.matches("[-+]?[0-9]+|0[ox].*") ? "int" : "float";
        }
        return value instanceof Double ? "float" : "str";
    }

    private void checkCollectionTag(CollectionStartEvent event) {
        String expected = event.getEventId() == Event.ID.MappingStart ? "map" : "seq";
        event.getTag()
                .filter(tag -> !tag.equals("!") && !tag.equals(CORE + expected))
                .ifPresent(tag -> refuseTag(event, tag));
    }

    private void refuseTag(Event event, String tag) {
        problem(
                event,
                "the tag " + Shown.quoted(tag)
                        + " is not allowed here, expected none (or one of YAML's core schema that fits)");
    }

    private void problem(Event event, String message) {
        if (problems.all().size() == MOST_PROBLEMS) {
            throw refused(place(event), "and more: the first " + MOST_PROBLEMS + " problems are shown");
        }
        problems.error(place(event), message);
    }

    private void count(Event event, long moreNodes, long moreCharacters) {
        nodes += moreNodes;
        characters += moreCharacters;
        if (nodes > limits.nodes()) {
            throw refused(place(event), "more than " + limits.nodes() + " keys and values, aliases included");
        }
        if (characters > limits.characters()) {
            throw refused(place(event), "more than " + limits.characters() + " characters, aliases included");
        }
    }

    private Place place(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.isPresent()
                ? new Place(name, mark.get().getLine() + 1, mark.get().getColumn() + 1)
                : Place.of(name);
    }

    private InvalidInputException refused(Place place, String message) {
        List<Problem> all = new ArrayList<>(problems.all());
        all.add(Problem.error(place, message));
        return new InvalidInputException(all);
    }
}
