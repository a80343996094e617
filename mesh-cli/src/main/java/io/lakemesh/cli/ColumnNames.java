package io.lakemesh.cli;

import io.lakemesh.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/** Names between commas, as in a line of CSV: a name with a comma stands in double quotes, a quote in it is doubled. */
final class ColumnNames {
    private final String text;
    private int next;

    private ColumnNames(String text) {
        this.text = text;
    }

    static List<String> split(String text) {
        ColumnNames names = new ColumnNames(text);
        List<String> split = new ArrayList<>();
        do {
            split.add(names.name());
        } while (names.next++ < text.length());
        return split;
    }

    private String name() {
        return text.startsWith("\"", next) ? quoted() : plain();
    }

    private String plain() {
        int comma = text.indexOf(',', next);
        String name = text.substring(next, comma < 0 ? text.length() : comma);
        next += name.length();
        return name;
    }

    private String quoted() {
        int close = text.indexOf('"', next + 1);
        while (close >= 0 && text.startsWith("\"\"", close)) {
            close = text.indexOf('"', close + 2);
        }
        if (close < 0 || (close + 1 < text.length() && text.charAt(close + 1) != ',')) {
            throw new InvalidInputException("Invalid --columns: expected names between commas, one with a comma or a"
                    + " quote in double quotes, found " + text);
        }
        String name = text.substring(next + 1, close).replace("\"\"", "\"");
        next = close + 1;
        return name;
    }
}
