package io.lakemesh.classify;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The words of a column's name, in lower case and without accents: {@code dateOfBirth}, {@code Date of birth}. */
final class ColumnWords {
    private static final int LONGEST = 200;

    private final Set<String> words = new LinkedHashSet<>();

    ColumnWords(String name) {
        StringBuilder word = new StringBuilder();
        String cut = Normalizer.normalize(name.substring(0, Math.min(name.length(), LONGEST)), Normalizer.Form.NFD);
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            if (Character.getType(c) == Character.NON_SPACING_MARK) {
                continue;
            }
            if (!Character.isLetter(c) || startsWord(cut, i)) {
                end(word);
            }
            if (Character.isLetter(c)) {
                word.append(c);
            }
        }
        end(word);
    }

    private static boolean startsWord(String text, int i) {
        return i > 0 && Character.isUpperCase(text.charAt(i)) && Character.isLowerCase(text.charAt(i - 1));
    }

    private void end(StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString().toLowerCase(Locale.ROOT));
            word.setLength(0);
        }
    }

    /** Whether one of these is a word of the name; one that ends in {@code *} stands for what begins so. */
    boolean haveAny(List<String> wanted) {
        return wanted.stream().anyMatch(this::have);
    }

    private boolean have(String wanted) {
        return wanted.endsWith("*")
                ? words.stream().anyMatch(word -> word.startsWith(wanted.substring(0, wanted.length() - 1)))
                : words.contains(wanted);
    }

    /** The words but these, to see which columns belong together. */
    Set<String> without(List<String> others) {
        Set<String> rest = new LinkedHashSet<>(words);
        rest.removeAll(others);
        return rest;
    }

    /** A list of words written as a text. */
    static List<String> list(String words) {
        return Arrays.asList(words.split(" "));
    }
}
