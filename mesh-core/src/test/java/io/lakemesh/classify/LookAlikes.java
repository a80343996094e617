package io.lakemesh.classify;

import static io.lakemesh.classify.PersonalValues.digits;
import static io.lakemesh.classify.PersonalValues.pick;
import static io.lakemesh.classify.PersonalValues.words;

import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/** Made-up values that are nobody's, and look a little as if they were. */
final class LookAlikes {
    private static final List<String> PLACES = List.of(
            "Saffron Walden",
            "Canvey Island",
            "Leigh-on-Sea",
            "St Albans",
            "Port Elizabeth",
            "Charlotte",
            "San Jose",
            "Bad Homburg",
            "Den Haag",
            "Le Havre",
            "Victoria Falls",
            "Fort William",
            "King's Lynn",
            "Stoke-on-Trent",
            "West Mersea",
            "Kingston upon Hull",
            "Santa Maria",
            "Great Dunmow",
            "Maria Laach",
            "Milton Keynes");

    private static final List<String> STREETS = List.of(
            "High",
            "Victoria",
            "Albert",
            "Station",
            "Church",
            "London",
            "Park",
            "Queen",
            "George",
            "Mill",
            "Elizabeth",
            "Green",
            "Manor",
            "King",
            "Main",
            "Charles",
            "School",
            "Grange");

    private static final List<String> GOODS = List.of(
            "Hammer",
            "Cordless Drill",
            "Garden Hose",
            "Oak Shelf",
            "Wool Blanket",
            "Desk Lamp",
            "Kitchen Scale",
            "Rain Jacket",
            "Bicycle Pump",
            "Tea Pot",
            "Paper Tray",
            "Phone Holder");

    private static final List<String> LAWS = List.of(
            "Police and Criminal Evidence Act 1984 (section 1)",
            "Misuse of Drugs Act 1971 (section 23)",
            "Criminal Justice and Public Order Act 1994 (section 60)");

    private LookAlikes() {}

    static String orderNumber(Random random) {
        return (1 + random.nextInt(9)) + digits(random, 15);
    }

    static String visaLikeOrderNumber(Random random) {
        return "4" + digits(random, 15);
    }

    static String number(int length, Random random) {
        return (1 + random.nextInt(9)) + digits(random, length - 1);
    }

    static String productCode(Random random) {
        return pick(random, words("AB CE HK LM PR ST")) + digits(random, 6) + pick(random, words("A B C D"));
    }

    static String postcode(Random random) {
        return pick(random, words("CM CO SS RM IG CB")) + (1 + random.nextInt(20)) + " " + random.nextInt(10)
                + pick(random, words("AB DE FG HJ LN"));
    }

    /** The identifiers of crimes on data.police.uk are such digests, too. */
    static String hash(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    static String timestamp(Random random) {
        return moment(random) + "Z";
    }

    static String compactTimestamp(Random random) {
        return moment(random).toString().replaceAll("[-:T]", "").substring(0, 12);
    }

    static String date(Random random) {
        return moment(random).toLocalDate().toString();
    }

    private static LocalDateTime moment(Random random) {
        return LocalDateTime.of(2015, 1, 1, 0, 0, 1).plusSeconds(random.nextInt(300_000_000));
    }

    static String epochMillis(Random random) {
        return String.valueOf(1_500_000_000_000L + random.nextInt(Integer.MAX_VALUE));
    }

    static String price(Random random) {
        return String.format(Locale.ROOT, "%.2f", random.nextDouble() * 90);
    }

    static String isbn(Random random) {
        String body = digits(random, 9);
        int sum = 0;
        for (int i = 0; i < 9; i++) {
            sum += (10 - i) * (body.charAt(i) - '0');
        }
        int check = (11 - sum % 11) % 11;
        return body + (check == 10 ? "X" : String.valueOf(check));
    }

    static String ean(Random random) {
        String body = "871" + digits(random, 9);
        int sum = 0;
        for (int i = 0; i < 12; i++) {
            sum += (i % 2 == 0 ? 1 : 3) * (body.charAt(i) - '0');
        }
        return body + (10 - sum % 10) % 10;
    }

    static String place(Random random) {
        return pick(random, PLACES);
    }

    static String manyPlaces(Random random) {
        return pick(random, words("North South Great Little Upper Lower Saint")) + " "
                + pick(random, words("Marys Easton Weston Norton Sutton Burton Horton Milton Walton Barton")) + " "
                + pick(random, words("Green Hill Cross Heath End Park"));
    }

    static String street(Random random) {
        return pick(random, STREETS) + " " + pick(random, words("Street Road Lane Avenue Close"));
    }

    static String location(Random random) {
        return "On or near " + street(random);
    }

    static String firm(Random random) {
        return pick(random, words("Acme Globex Initech Umbrella Harrison Morgan Baker Northern Alpine Delta")) + " "
                + pick(random, words("Logistics Foods Steel Partners Bank Media Energy")) + " "
                + pick(random, words("Ltd BV GmbH SA Inc"));
    }

    static String product(Random random) {
        return pick(random, GOODS) + " " + pick(random, words("Small Medium Large Red Blue Green"));
    }

    static String law(Random random) {
        return pick(random, LAWS);
    }

    static String category(Random random) {
        return pick(random, words("Male Female Other"));
    }

    static String url(Random random) {
        return "https://example.org/a/" + hash(random).substring(0, 8) + "?at=" + price(random);
    }

    static String address(Random random) {
        return random.nextInt(250) + "." + random.nextInt(250) + "." + random.nextInt(250) + "." + random.nextInt(250);
    }

    static String remote(Random random) {
        return "git@git.example.org:team/" + hash(random).substring(0, 8) + ".git";
    }

    static String bytes(Random random) {
        return new String(HexFormat.of()
                .formatHex(ByteBuffer.allocate(4).putInt(random.nextInt()).array()));
    }

    static String reading(Random random) {
        return String.format(Locale.ROOT, "%.4f", random.nextDouble() * 60);
    }

    static String description(Random random) {
        return "A " + pick(random, words("sturdy light simple modern compact")) + " "
                + product(random).toLowerCase(Locale.ROOT)
                + " made of " + pick(random, words("steel oak wool cotton glass")) + " with a guarantee of "
                + (1 + random.nextInt(9)) + " years, article " + digits(random, 6);
    }
}
