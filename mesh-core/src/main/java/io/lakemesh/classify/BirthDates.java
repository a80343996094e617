package io.lakemesh.classify;

import static io.lakemesh.classify.ColumnWords.list;

import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Dates of birth. A date alone does not tell, so the column's name must. */
final class BirthDates {
    private static final List<String> NAMES = list(
            "birth* dob born bday dateofbirth yearofbirth geboorte* geboren geburt* gebdat* naissance nacimiento nascita"
                    + " nascimento fodelse* fodsel* urodzen* syntyma*");

    private static final int FIRST_YEAR = 1900;
    private static final double MOST = 0.7;

    private BirthDates() {}

    static Optional<Proposal> of(ColumnSample sample) {
        if (!sample.words().haveAny(NAMES)) {
            return Optional.empty();
        }
        int last = Year.now(ZoneOffset.UTC).getValue();
        Count count = Count.of(sample.distinct(), text -> isBetween(year(text), last));
        return count.passed() > 0 && count.share() >= MOST
                ? Optional.of(new Proposal(
                        PersonalKind.BIRTH_DATE,
                        count + " are dates or years from " + FIRST_YEAR
                                + " to today, and the column's name says birth"))
                : Optional.empty();
    }

    private static boolean isBetween(int year, int last) {
        return year >= FIRST_YEAR && year <= last;
    }

    /** Of a date with the year first or last, with or without a time, or of a year; -1 if it is neither. */
    private static int year(String text) {
        String date = text.length() > 10 && "T ".indexOf(text.charAt(10)) >= 0 ? text.substring(0, 10) : text;
        String digits = Digits.of(date, "-/.");
        if (digits.length() != 8) {
            return digits.length() == 4 && date.length() == 4 ? Digits.number(digits, 0, 4) : -1;
        }
        boolean yearLast = Digits.areDigits(date, date.length() - 4, date.length()) && !Digits.areDigits(date, 0, 4);
        return yearLast ? Digits.number(digits, 4, 8) : Digits.number(digits, 0, 4);
    }
}
