package io.lakemesh.contract;

import com.google.re2j.Pattern;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How people name a product: {@code domain/name}. */
public record ProductAddress(String domain, String name) {
    /** Whether a pattern of {@code domain/name} means it, where {@code *} stands for anything. */
    public boolean matches(String pattern) {
        return Arrays.stream(pattern.split("\\*", -1))
                .map(Pattern::quote)
                .collect(Collectors.collectingAndThen(Collectors.joining(".*"), Pattern::compile))
                .matches(toString());
    }

    @Override
    public String toString() {
        return domain + "/" + name;
    }
}
