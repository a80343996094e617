package io.lakemesh.classify;

import static io.lakemesh.classify.ColumnWords.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Two columns of numbers, a latitude's and a longitude's by their names, range and precision. */
final class Coordinates {
    private static final List<String> LATITUDE = list("lat latitude breedtegraad breitengrad latitud latitudine");
    private static final List<String> LONGITUDE =
            list("lon lng long longitude lengtegraad langengrad laengengrad longitud longitudine");

    /** The third decimal of a degree is about a hundred metres. */
    private static final int PRECISE = 3;

    private static final double ALMOST_ALL = 0.95;
    private static final double HALF = 0.5;

    private Coordinates() {}

    /** Of each pair, both. */
    static Map<String, Proposal> proposals(Map<String, ColumnSample> columns) {
        Map<String, Proposal> found = new LinkedHashMap<>();
        columns.forEach((latitude, north) -> columns.forEach((longitude, east) -> {
            if (belongTogether(north.words(), east.words()) && isDegrees(north, 90) && isDegrees(east, 180)) {
                found.put(latitude, proposal(north, 90, "longitude"));
                found.put(longitude, proposal(east, 180, "latitude"));
            }
        }));
        return found;
    }

    private static boolean belongTogether(ColumnWords north, ColumnWords east) {
        return north.haveAny(LATITUDE)
                && east.haveAny(LONGITUDE)
                && north.without(LATITUDE).equals(east.without(LONGITUDE));
    }

    private static boolean isDegrees(ColumnSample sample, int most) {
        return count(sample, most).share() >= ALMOST_ALL
                && precise(sample, most).share() >= HALF;
    }

    private static Count count(ColumnSample sample, int most) {
        return Count.of(sample.distinct(), text -> decimals(text, most) >= 0);
    }

    private static Count precise(ColumnSample sample, int most) {
        return Count.of(sample.distinct(), text -> decimals(text, most) >= PRECISE);
    }

    private static Proposal proposal(ColumnSample sample, int most, String other) {
        return new Proposal(
                PersonalKind.COORDINATES,
                count(sample, most) + " lie from -" + most + " to " + most + ", "
                        + precise(sample, most).passed() + " of them with " + PRECISE
                        + " decimals or more, and there is a column of the " + other);
    }

    /** How many decimals a number of the range is written with; -1 if it is none. */
    private static int decimals(String text, int most) {
        String plain = text.startsWith("-") ? text.substring(1) : text;
        int point = plain.indexOf('.');
        int whole = point < 0 ? plain.length() : point;
        String fraction = point < 0 ? "" : plain.substring(point + 1);
        boolean number = whole >= 1 && whole <= 3 && Digits.areDigits(plain, 0, whole);
        return number && Digits.areDigits(fraction, 0, fraction.length()) && Digits.number(plain, 0, whole) <= most
                ? fraction.length()
                : -1;
    }
}
