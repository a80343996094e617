package io.lakemesh.iceberg.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Untrusted names made fit for a one-line message. */
final class Shown {
    private static final int LONGEST = 200;

    private Shown() {}

    static String name(String untrusted) {
        StringBuilder text = new StringBuilder();
        untrusted.codePoints().limit(LONGEST).map(c -> isPlain(c) ? c : '?').forEach(text::appendCodePoint);
        return text.append(untrusted.codePointCount(0, untrusted.length()) > LONGEST ? "..." : "")
                .toString();
    }

    /** What went wrong, in words that hold nothing of a file's content. */
    static String cause(Exception e) {
        Throwable root = e.getCause() == null ? e : e.getCause();
        if (root instanceof AccessDeniedException) {
            return "no permission to read it";
        }
        return root instanceof NoSuchFileException
                ? "it is not there"
                : root.getClass().getSimpleName();
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
