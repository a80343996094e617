package io.lakemesh.mask;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.mask.Mask.Part.Side;
import io.lakemesh.mask.Mask.Truncated.Unit;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads masks. */
final class MaskText {
    private static final int LONGEST = 5_000;
    private static final int MOST_DIGITS = 15;
    private static final int MOST_CHARACTERS = 100;
    private static final int MOST_BANDS = 100;
    private static final Pattern CALL = Pattern.compile("(?s)([a-z]+)(?:\\((.*)\\))?");
    private static final Pattern QUOTED = Pattern.compile("(?s)'((?:[^']|'')*)'");
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,3}");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(?:\\.[0-9]{1,18})?");
    private static final List<String> NAMES = List.of(
            "clear",
            "null",
            "constant",
            "first",
            "last",
            "round",
            "year",
            "month",
            "day",
            "hour",
            "bands",
            "pseudonym",
            "token");

    private MaskText() {}

    static Mask parse(String text) {
        Matcher call = CALL.matcher(text.strip());
        if (text.length() > LONGEST || !call.matches()) {
            throw invalid("expected one such as null, last(4) or month");
        }
        String name = call.group(1);
        String argument = call.group(2);
        return argument == null ? plain(name) : called(name, argument.strip());
    }

    private static Mask plain(String name) {
        return switch (name) {
            case "clear" -> Mask.Plain.CLEAR;
            case "null" -> Mask.Plain.NULL;
            case "pseudonym" -> Mask.StandIn.PSEUDONYM;
            case "token" -> Mask.StandIn.TOKEN;
            case "year", "month", "day", "hour" -> new Mask.Truncated(Unit.valueOf(name.toUpperCase(Locale.ROOT)));
            case "constant", "first", "last", "round", "bands" ->
                throw invalid(name + " takes what it shows in brackets");
            default -> throw unknown(name);
        };
    }

    private static Mask called(String name, String argument) {
        return switch (name) {
            case "constant" -> new Mask.Constant(quoted(argument));
            case "first" -> new Mask.Part(Side.FIRST, whole(name, argument, 1, MOST_CHARACTERS));
            case "last" -> new Mask.Part(Side.LAST, whole(name, argument, 1, MOST_CHARACTERS));
            case "round" -> new Mask.Rounded(whole(name, argument, -MOST_DIGITS, MOST_DIGITS));
            case "bands" -> new Mask.Banded(bounds(argument));
            case "clear", "null", "year", "month", "day", "hour", "pseudonym", "token" ->
                throw invalid(name + " takes nothing in brackets");
            default -> throw unknown(name);
        };
    }

    private static InvalidInputException unknown(String name) {
        return invalid("expected one of " + String.join(", ", NAMES) + NearMatch.hint(name, NAMES));
    }

    private static String quoted(String argument) {
        Matcher text = QUOTED.matcher(argument);
        if (!text.matches()) {
            throw invalid("constant takes a text in single quotes");
        }
        String content = text.group(1).replace("''", "'");
        if (content.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw invalid("the constant holds a control character or half a surrogate pair");
        }
        return content;
    }

    private static int whole(String name, String argument, int least, int most) {
        if (!WHOLE.matches(argument)) {
            throw invalid(name + " takes a whole number from " + least + " to " + most);
        }
        int number = Integer.parseInt(argument);
        if (number < least || number > most) {
            throw invalid(name + " takes a whole number from " + least + " to " + most);
        }
        return number;
    }

    private static List<BigDecimal> bounds(String argument) {
        List<String> texts =
                Arrays.stream(argument.split(",", -1)).map(String::strip).toList();
        if (texts.size() > MOST_BANDS || !texts.stream().allMatch(NUMBER::matches)) {
            throw invalid("bands takes up to " + MOST_BANDS + " numbers with commas between them");
        }
        List<BigDecimal> bounds = texts.stream()
                .map(text -> new BigDecimal(text).stripTrailingZeros())
                .toList();
        for (int i = 1; i < bounds.size(); i++) {
            if (bounds.get(i - 1).compareTo(bounds.get(i)) >= 0) {
                throw invalid("the bounds of bands must ascend");
            }
        }
        return bounds;
    }

    private static InvalidInputException invalid(String reason) {
        return new InvalidInputException("Invalid mask: " + reason);
    }
}
