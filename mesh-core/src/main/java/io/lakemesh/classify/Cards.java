package io.lakemesh.classify;

/** Payment card numbers (ISO/IEC 7812) of the large schemes. */
final class Cards {
    private Cards() {}

    static boolean isCard(String text) {
        String digits = Digits.of(text, " -");
        return digits.length() >= 13 && digits.length() <= 19 && hasScheme(digits) && Checksums.luhn(digits);
    }

    private static boolean hasScheme(String digits) {
        int four = Digits.number(digits, 0, 4);
        return switch (digits.length()) {
            case 13 -> isVisa(four);
            case 14 -> isDiners(four);
            case 15 -> four / 100 == 34 || four / 100 == 37;
            case 16 -> isVisa(four) || isMastercard(four) || isDiscover(four) || isJcb(four) || isMaestro(four);
            case 19 -> isVisa(four) || isDiscover(four) || isMaestro(four);
            default -> isDiscover(four) || isMaestro(four);
        };
    }

    private static boolean isVisa(int four) {
        return four / 1000 == 4;
    }

    private static boolean isMastercard(int four) {
        return (four >= 5100 && four <= 5599) || (four >= 2221 && four <= 2720);
    }

    /** With UnionPay, whose cards begin with 62. */
    private static boolean isDiscover(int four) {
        return four == 6011 || four / 100 == 65 || four / 100 == 62 || (four >= 6440 && four <= 6499);
    }

    private static boolean isJcb(int four) {
        return four >= 3528 && four <= 3589;
    }

    private static boolean isDiners(int four) {
        return (four >= 3000 && four <= 3059) || four / 100 == 36 || four / 100 == 38 || four / 100 == 39;
    }

    private static boolean isMaestro(int four) {
        int two = four / 100;
        return two == 50 || (two >= 56 && two <= 58) || two == 63 || two == 67;
    }
}
