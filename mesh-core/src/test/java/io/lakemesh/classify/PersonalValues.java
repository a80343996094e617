package io.lakemesh.classify;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;

/** Made-up values of each kind; check digits are computed here by their definitions, not by the code under test. */
final class PersonalValues {
    private static final List<String> GIVEN =
            words("Ada Mohammed Sophie Jan Maria Liam Emma Lucas Anna Piotr Giulia Noah"
                    + " Chiara Lars Ingrid Pablo Carmen Pierre Camille Fatima Yusuf Priya Wei Kwame Oluwaseun Hiroshi Mehmet Ewa"
                    + " Thomas Julia Max Nina Peter Laura Simon Elena George Helen Oscar Lucy");

    private static final List<String> FAMILY =
            words("Smith Jones de-Vries Jansen Mueller Schmidt Garcia Fernandez Rossi"
                    + " Bianchi Kowalski Nowak Dubois Lefevre Andersson Johansson O'Brien Murphy Khan Patel Chen Okafor Yilmaz"
                    + " Novak Horvat Papadopoulos Silva Santos Peeters Janssens");

    private static final List<String> WORDS =
            words("the man was seen near a shop and said that he had lost his phone while"
                    + " walking home from work she told us about it later when her neighbour called because nobody had answered"
                    + " door window street evening morning police officer complaint invoice delivery customer");

    private PersonalValues() {}

    static List<String> words(String text) {
        return List.of(text.split(" "));
    }

    static String pick(Random random, List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    static String digits(Random random, int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** Draws until one has what is wanted. */
    private static String until(Random random, Function<Random, String> draw) {
        String text = "";
        while (text.isEmpty()) {
            text = draw.apply(random);
        }
        return text;
    }

    private static LocalDate birth(Random random) {
        return LocalDate.of(1930, 1, 1).plusDays(random.nextInt(30_000));
    }

    static String email(Random random) {
        return (pick(random, GIVEN) + "." + pick(random, FAMILY) + random.nextInt(100)).toLowerCase(Locale.ROOT) + "@"
                + pick(random, words("example.org example.co.uk mail.example.nl post.example"));
    }

    static String internationalPhone(Random random) {
        return "+" + pick(random, words("44 31 49 33 48 1")) + pick(random, List.of("", " ", "-"))
                + (100 + random.nextInt(800)) + " " + digits(random, 6);
    }

    static String nationalPhone(Random random) {
        return "0" + (1 + random.nextInt(9)) + digits(random, 2) + pick(random, List.of("", " ", "-"))
                + digits(random, 7);
    }

    static String iban(Random random) {
        String account = pick(random, words("ABNA INGB RABO")) + digits(random, 10);
        StringBuilder number = new StringBuilder();
        (account + "NL00").chars().forEach(c -> number.append(Character.digit(c, 36)));
        int check = 98
                - new java.math.BigInteger(number.toString())
                        .mod(java.math.BigInteger.valueOf(97))
                        .intValue();
        return String.format(Locale.ROOT, "NL%02d%s", check, account);
    }

    static String card(Random random) {
        return withLuhn(pick(random, words("4 51 53 55 2221")), 16, random);
    }

    private static String withLuhn(String prefix, int length, Random random) {
        String body = prefix + digits(random, length - 1 - prefix.length());
        int sum = 0;
        for (int i = 0; i < body.length(); i++) {
            int digit = body.charAt(body.length() - 1 - i) - '0';
            sum += i % 2 == 1 ? digit : 2 * digit / 10 + 2 * digit % 10;
        }
        return body + (10 - sum % 10) % 10;
    }

    static String bsn(Random random) {
        return until(random, drawn -> {
            String body = (1 + drawn.nextInt(9)) + digits(drawn, 7);
            int sum = 0;
            for (int i = 0; i < 8; i++) {
                sum += (9 - i) * (body.charAt(i) - '0');
            }
            return sum % 11 == 10 ? "" : body + sum % 11;
        });
    }

    static String dni(Random random) {
        int number = random.nextInt(100_000_000);
        return String.format(Locale.ROOT, "%08d%s", number, "TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23));
    }

    static String nir(Random random) {
        LocalDate birth = birth(random);
        String number = String.format(
                Locale.ROOT,
                "%d%02d%02d%02d%03d%03d",
                1 + random.nextInt(2),
                birth.getYear() % 100,
                birth.getMonthValue(),
                1 + random.nextInt(95),
                1 + random.nextInt(900),
                1 + random.nextInt(900));
        return number + String.format(Locale.ROOT, "%02d", 97 - Long.parseLong(number) % 97);
    }

    static String pesel(Random random) {
        LocalDate birth = birth(random);
        String body = String.format(
                Locale.ROOT,
                "%02d%02d%02d%s",
                birth.getYear() % 100,
                birth.getMonthValue() + (birth.getYear() >= 2000 ? 20 : 0),
                birth.getDayOfMonth(),
                digits(random, 4));
        int sum = 0;
        for (int i = 0; i < 10; i++) {
            sum += List.of(1, 3, 7, 9).get(i % 4) * (body.charAt(i) - '0');
        }
        return body + (10 - sum % 10) % 10;
    }

    static String belgian(Random random) {
        LocalDate birth = birth(random);
        String body = String.format(
                Locale.ROOT,
                "%02d%02d%02d%03d",
                birth.getYear() % 100,
                birth.getMonthValue(),
                birth.getDayOfMonth(),
                1 + random.nextInt(998));
        long number = Long.parseLong(birth.getYear() >= 2000 ? "2" + body : body);
        return body + String.format(Locale.ROOT, "%02d", 97 - number % 97);
    }

    static String codiceFiscale(Random random) {
        StringBuilder body = new StringBuilder();
        for (char shape : "AAAAAA99M".toCharArray()) {
            body.append(
                    shape == '9' ? digits(random, 1) : letter(random, shape == 'M' ? "ABCDEHLMPRST" : "BCDFGLMNPRSTV"));
        }
        body.append(String.format(Locale.ROOT, "%02d", 1 + random.nextInt(28) + 40 * random.nextInt(2)));
        body.append(letter(random, "ABCDEFGHIL")).append(digits(random, 3));
        String odd = "BAFHJNPRTVCESULDGIMOQKWZYX";
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char c = body.charAt(i);
            char as = Character.isDigit(c) ? (char) ('A' + c - '0') : c;
            sum += i % 2 == 0 ? odd.charAt(as - 'A') - 'A' : as - 'A';
        }
        return body.append((char) ('A' + sum % 26)).toString();
    }

    private static char letter(Random random, String from) {
        return from.charAt(random.nextInt(from.length()));
    }

    static String personnummer(Random random) {
        LocalDate birth = birth(random);
        String number = withLuhn(
                String.format(
                        Locale.ROOT,
                        "%02d%02d%02d",
                        birth.getYear() % 100,
                        birth.getMonthValue(),
                        birth.getDayOfMonth()),
                10,
                random);
        return birth.getYear() / 100 + number.substring(0, 6) + "-" + number.substring(6);
    }

    static String nhsNumber(Random random) {
        return until(random, drawn -> {
            String body = pick(drawn, words("4 6 7")) + digits(drawn, 8);
            int sum = 0;
            for (int i = 0; i < 9; i++) {
                sum += (10 - i) * (body.charAt(i) - '0');
            }
            int check = (11 - sum % 11) % 11;
            return check == 10 ? "" : body + check;
        });
    }

    static String nino(Random random) {
        return "" + letter(random, "ABCEGHJKLMPRSTWXY") + letter(random, "CEHJLMPRSTWX") + digits(random, 6)
                + letter(random, "ABCD");
    }

    static String ssn(Random random) {
        return (100 + random.nextInt(500)) + "-" + (10 + random.nextInt(90)) + "-" + (1000 + random.nextInt(9000));
    }

    static String birthDate(Random random) {
        return birth(random).toString();
    }

    static String latitude(Random random) {
        return String.format(Locale.ROOT, "%.6f", 51 + random.nextDouble());
    }

    static String longitude(Random random) {
        return String.format(Locale.ROOT, "%.6f", random.nextDouble() - 0.5);
    }

    static String fullName(Random random) {
        return pick(random, GIVEN) + " " + pick(random, FAMILY);
    }

    static String rareName(Random random) {
        return pick(random, words("Priya Wei Kwame Oluwaseun Hiroshi Ngozi Xiuying Aarav Thandiwe Quoc")) + " "
                + pick(random, words("Patel Chen Okafor Tanaka Nguyen Mensah Dlamini Singh Wang Adeyemi"));
    }

    static String oneIn(int rows, Function<Random, String> draw, Random random) {
        return random.nextInt(rows) == 0 ? draw.apply(random) : "desk " + digits(random, 4);
    }

    static String familyFirst(Random random) {
        return pick(random, FAMILY) + ", " + pick(random, GIVEN);
    }

    static String familyName(Random random) {
        return pick(random, FAMILY);
    }

    static String note(Random random) {
        StringBuilder note = new StringBuilder();
        for (int words = 8 + random.nextInt(20); words > 0; words--) {
            note.append(pick(random, WORDS)).append(words > 1 ? " " : ".");
        }
        return note.toString();
    }
}
