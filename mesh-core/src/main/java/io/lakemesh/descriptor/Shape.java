package io.lakemesh.descriptor;

import com.google.re2j.Pattern;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a standard allows at one place of a document: the words that its description is written in. */
sealed interface Shape {
    /** Any value at all, null included. */
    record Anything() implements Shape {}

    /** Any value but a sequence or mapping. */
    record AnyScalar() implements Shape {}

    record Text() implements Shape {}

    /** Text that a pattern finds; {@code expected} says it in words. */
    record Matching(Pattern pattern, String expected) implements Shape {}

    /** One of some texts. */
    record Choice(List<String> texts) implements Shape {}

    /** The version of the standard itself, the newest first. */
    record Version(List<String> known) implements Shape {}

    record Flag() implements Shape {}

    /** A number; {@code least} is inclusive, {@code above} exclusive. */
    record Amount(boolean whole, @Nullable BigDecimal least, @Nullable BigDecimal above) implements Shape {}

    record Items(Shape element, int least, int most, boolean unique) implements Shape {}

    /** One shape if the value is a sequence, and another if it is not. */
    record ListOr(Items items, Shape other) implements Shape {}

    /** Any mapping, or another shape. */
    record MappingOr(Shape other) implements Shape {}

    /** A shape that contains itself. */
    record Later(Supplier<Shape> shape) implements Shape {}

    /** Keys that are allowed too, in place of those of the same name, where the mapping meets a condition. */
    record When(Predicate<Node.Mapping> condition, Keys keys) {}

    /**
     * A mapping. {@code title} names it in messages, with its article; {@code open} allows keys that are not described;
     * {@code rules} look at several keys together.
     */
    record Keys(
            String title,
            Map<String, Shape> shapes,
            Set<String> required,
            boolean open,
            List<When> variants,
            List<BiConsumer<Node.Mapping, Problems>> rules)
            implements Shape {
        static Keys of(String title) {
            return new Keys(title, new LinkedHashMap<>(), new LinkedHashSet<>(), false, List.of(), List.of());
        }

        static Keys anyOf(String title) {
            return new Keys(title, Map.of(), Set.of(), true, List.of(), List.of());
        }

        Keys titled(String other) {
            return new Keys(other, shapes, required, open, variants, rules);
        }

        Keys opened() {
            return new Keys(title, shapes, required, true, variants, rules);
        }

        /** Allows keys of one shape; a name that ends in {@code !} is required. */
        Keys with(Shape shape, String... names) {
            Map<String, Shape> more = new LinkedHashMap<>(shapes);
            Set<String> needed = new LinkedHashSet<>(required);
            for (String name : names) {
                String key = name.endsWith("!") ? name.substring(0, name.length() - 1) : name;
                more.put(key, shape);
                if (name.endsWith("!")) {
                    needed.add(key);
                }
            }
            return new Keys(title, more, needed, open, variants, rules);
        }

        Keys text(String... names) {
            return with(new Text(), names);
        }

        Keys when(Predicate<Node.Mapping> condition, Keys keys) {
            return new Keys(title, shapes, required, open, plus(variants, new When(condition, keys)), rules);
        }

        Keys rule(BiConsumer<Node.Mapping, Problems> rule) {
            return new Keys(title, shapes, required, open, variants, plus(rules, rule));
        }

        /** With the keys, requirements and rules of every variant whose condition this mapping meets. */
        Keys resolve(Node.Mapping mapping) {
            Map<String, Shape> allShapes = new LinkedHashMap<>(shapes);
            Set<String> allRequired = new LinkedHashSet<>(required);
            List<BiConsumer<Node.Mapping, Problems>> allRules = new ArrayList<>(rules);
            for (When variant : variants) {
                if (variant.condition().test(mapping)) {
                    allShapes.putAll(variant.keys().shapes());
                    allRequired.addAll(variant.keys().required());
                    variant.keys().rules().stream()
                            .filter(rule -> !allRules.contains(rule))
                            .forEach(allRules::add);
                }
            }
            return new Keys(title, allShapes, allRequired, open, List.of(), allRules);
        }

        private static <T> List<T> plus(List<T> list, T element) {
            return Stream.concat(list.stream(), Stream.of(element)).toList();
        }
    }

    static Amount number() {
        return new Amount(false, null, null);
    }

    static Amount positive() {
        return new Amount(false, null, BigDecimal.ZERO);
    }

    static Amount integer() {
        return new Amount(true, null, null);
    }

    /** A whole number from zero. */
    static Amount size() {
        return new Amount(true, BigDecimal.ZERO, null);
    }

    static Items listOf(Shape element) {
        return new Items(element, 0, Integer.MAX_VALUE, false);
    }

    static Choice choice(String... texts) {
        return new Choice(List.of(texts));
    }

    /** Whether a key's value is this text. */
    static Predicate<Node.Mapping> is(String key, String text) {
        return mapping -> mapping.entries().get(key) instanceof Node.Scalar scalar && text.equals(scalar.value());
    }
}
