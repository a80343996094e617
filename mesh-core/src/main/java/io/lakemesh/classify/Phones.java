package io.lakemesh.classify;

/** Telephone numbers. */
final class Phones {
    private static final String SEPARATORS = " -./";

    private Phones() {}

    /** {@code +} or {@code 00}, then 8 to 15 digits that do not begin with 0 (ITU-T E.164). */
    static boolean isInternational(String text) {
        String number = text.startsWith("+") ? Digits.of(plain(text.substring(1)), SEPARATORS) : "";
        return number.length() >= 8 && number.length() <= 15 && number.charAt(0) != '0';
    }

    /** Also a trunk prefix and 9 to 11 digits, or ten digits as in North America: many other numbers look so. */
    static boolean isNational(String text) {
        String digits = Digits.of(plain(text), SEPARATORS);
        return isInternational(text)
                || (digits.startsWith("0") && digits.length() >= 9 && digits.length() <= 14)
                || (digits.length() == 10 && digits.charAt(0) >= '2')
                || (digits.length() == 11 && digits.startsWith("1"))
                || (digits.length() == 9 && digits.charAt(0) >= '4');
    }

    /** Without the parentheses of an area code. */
    private static String plain(String text) {
        String open = text.replace("(0)", "").replace("(", "");
        return open.replace(") ", ")").replace(')', ' ').strip();
    }
}
