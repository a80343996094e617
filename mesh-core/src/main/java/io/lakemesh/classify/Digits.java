package io.lakemesh.classify;

/** Numbers as people write them. */
final class Digits {
    private Digits() {}

    /** The digits of a text that has nothing else but these separators, none of them first or twice in a row; else empty. */
    static String of(String text, String separators) {
        if (text.length() > 40) {
            return "";
        }
        StringBuilder digits = new StringBuilder();
        boolean separated = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = isDigit(c);
            if (!digit && (separated || separators.indexOf(c) < 0)) {
                return "";
            }
            separated = !digit;
            if (digit) {
                digits.append(c);
            }
        }
        return separated ? "" : digits.toString();
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    /** The number that some digits of a text write. */
    static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    static boolean areDigits(String text, int from, int to) {
        return text.length() >= to && text.substring(from, to).chars().allMatch(c -> isDigit((char) c));
    }

    /** Whether a month and a day are ones of a calendar, as identity numbers write them. */
    static boolean isDay(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }
}
