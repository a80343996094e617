package io.lakemesh.document;

/** Text from outside, made fit for a message: on one line, without control characters, not too long. */
public final class Shown {
    private static final int LONGEST = 80;

    private Shown() {}

    /** The text in single quotes. */
    public static String quoted(String text) {
        return "'" + plain(text) + "'";
    }

    /** The text without quotes. */
    public static String plain(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        StringBuilder out = new StringBuilder();
        cut.chars().forEach(c -> append((char) c, out));
        return out.toString();
    }

    private static void append(char c, StringBuilder out) {
        // format characters include those that turn the direction of the text around
        boolean hidden = Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || Character.getType(c) == Character.LINE_SEPARATOR
                || Character.getType(c) == Character.PARAGRAPH_SEPARATOR;
        if (hidden) {
            Json.escape(c, out);
        } else {
            out.append(c);
        }
    }
}
