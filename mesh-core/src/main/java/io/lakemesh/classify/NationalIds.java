package io.lakemesh.classify;

import java.util.Locale;

/** National identity numbers, each by the rules of its issuer. */
final class NationalIds {
    private static final String DNI_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String CODICE_SHAPE = "AAAAAA99M99A999A";
    private static final String CODICE_MONTHS = "ABCDEHLMPRST";
    private static final int[] CODICE_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private NationalIds() {}

    /** Nine digits, or eight where a number has lost its leading zero; the last one's weight is -1. */
    static boolean isBsn(String text) {
        String digits = Digits.of(text, " .");
        String nine = digits.length() == 8 ? "0" + digits : digits;
        return nine.length() == 9
                && !nine.equals("000000000")
                && Math.floorMod(Checksums.weighted(nine, 9, 8, 7, 6, 5, 4, 3, 2, -1), 11) == 0;
    }

    static boolean isDni(String text) {
        String id = text.toUpperCase(Locale.ROOT).replace("-", "").replace(".", "");
        if (id.length() != 9) {
            return false;
        }
        int foreigner = "XYZ".indexOf(id.charAt(0));
        String number = foreigner < 0 ? id.substring(0, 8) : foreigner + id.substring(1, 8);
        return Digits.areDigits(number, 0, 8) && DNI_LETTERS.charAt(Digits.number(number, 0, 8) % 23) == id.charAt(8);
    }

    /** Sex, year, month, department (2A and 2B in Corsica), commune, order, and 97 less the rest of all that by 97. */
    static boolean isNir(String text) {
        String id = text.length() > 30 ? "" : text.replace(" ", "").toUpperCase(Locale.ROOT);
        if (id.length() != 15 || "123478".indexOf(id.charAt(0)) < 0) {
            return false;
        }
        String number = id.replaceFirst("^(.{5})2A", "$119").replaceFirst("^(.{5})2B", "$118");
        if (!Digits.areDigits(number, 0, 15)) {
            return false;
        }
        int month = Digits.number(number, 3, 5);
        boolean known = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
        return known && 97 - Checksums.mod97(number.substring(0, 13)) == Digits.number(number, 13, 15);
    }

    /** The month tells the century: 80 more in the 1800s, 20 in the 2000s, 40 and 60 after. */
    static boolean isPesel(String text) {
        String digits = Digits.of(text, "");
        return digits.length() == 11
                && Digits.isDay(Digits.number(digits, 2, 4) % 20, Digits.number(digits, 4, 6))
                && Checksums.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    /** Months from 20 and 40 are those of people without a registered residence. */
    static boolean isBelgian(String text) {
        String digits = Digits.of(text, " .-");
        if (digits.length() != 11 || Digits.number(digits, 2, 4) >= 60) {
            return false;
        }
        int month = Digits.number(digits, 2, 4) % 20;
        int day = Digits.number(digits, 4, 6);
        int check = Digits.number(digits, 9, 11);
        String number = digits.substring(0, 9);
        return Digits.isDay(Math.max(1, month), Math.max(1, day))
                && (97 - Checksums.mod97(number) == check || 97 - Checksums.mod97("2" + number) == check);
    }

    static boolean isCodiceFiscale(String text) {
        String id = text.toUpperCase(Locale.ROOT);
        if (id.length() != CODICE_SHAPE.length()) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < id.length(); i++) {
            if (!fits(id.charAt(i), CODICE_SHAPE.charAt(i))) {
                return false;
            }
            sum += i == id.length() - 1 ? 0 : codiceValue(id.charAt(i), i % 2 == 0);
        }
        int day = Digits.number(id, 9, 11) % 40;
        return day >= 1 && day <= 31 && 'A' + sum % 26 == id.charAt(15);
    }

    private static boolean fits(char c, char shape) {
        return switch (shape) {
            case '9' -> Digits.isDigit(c);
            case 'M' -> CODICE_MONTHS.indexOf(c) >= 0;
            default -> Digits.isUpper(c);
        };
    }

    /** Positions are counted from 1: the first is an odd one. */
    private static int codiceValue(char c, boolean odd) {
        int ordinal = Digits.isDigit(c) ? c - '0' : c - 'A';
        return odd ? CODICE_ODD[ordinal] : ordinal;
    }

    /** Ten digits, or twelve with the century; days from 61 are those of coordination numbers. */
    static boolean isPersonnummer(String text) {
        String digits = Digits.of(text.replace('+', '-'), "-");
        boolean century = digits.length() == 12 && (digits.startsWith("19") || digits.startsWith("20"));
        String ten = century ? digits.substring(2) : digits;
        return ten.length() == 10
                && Digits.isDay(Digits.number(ten, 2, 4), Digits.number(ten, 4, 6) % 60)
                && Checksums.luhn(ten);
    }

    static boolean isNhsNumber(String text) {
        String digits = Digits.of(text, " -");
        if (digits.length() != 10 || digits.chars().distinct().count() == 1) {
            return false;
        }
        int check = 11 - Checksums.weighted(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return (check == 11 ? 0 : check) == digits.charAt(9) - '0';
    }

    /** By its grammar only. */
    static boolean isNino(String text) {
        String id = text.length() > 20 ? "" : text.toUpperCase(Locale.ROOT).replace(" ", "");
        if (id.length() != 9 || !Digits.areDigits(id, 2, 8) || "ABCD".indexOf(id.charAt(8)) < 0) {
            return false;
        }
        String prefix = id.substring(0, 2);
        return prefix.chars().allMatch(c -> Digits.isUpper((char) c) && "DFIQUV".indexOf(c) < 0)
                && prefix.charAt(1) != 'O'
                && !ColumnWords.list("BG GB KN NK NT TN ZZ").contains(prefix);
    }

    /** By its grammar only. */
    static boolean isSsn(String text) {
        String digits = Digits.of(text, " -");
        if (digits.length() != 9) {
            return false;
        }
        int area = Digits.number(digits, 0, 3);
        return area != 0
                && area != 666
                && area < 900
                && Digits.number(digits, 3, 5) != 0
                && Digits.number(digits, 5, 9) != 0;
    }
}
