package io.lakemesh.classify;

import static io.lakemesh.classify.ColumnWords.list;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Names of people: by the column's name and words for values; or, where the name says nothing or only "name", by common given
 * names before a family name. Places, streets and firms are named after people too, so a few such values are no evidence.
 */
final class PersonNames {
    private static final List<String> NAMES = list(
            "firstname lastname surname* forename* givenname familyname middlename maidenname fullname voornaam achternaam"
                    + " familienaam vorname nachname familienname prenom* apellido* cognome fornamn efternamn imie nazwisko");

    private static final List<String> NAME =
            list("name names naam namen nom noms nombre nombres nome nomi namn navn fullname imie");

    private static final List<String> WHOSE = list(
            "first last given family middle maiden full legal customer client patient employee contact owner author driver"
                    + " passenger guest holder cardholder member person student pupil teacher doctor tenant applicant"
                    + " candidate spouse victim suspect officer judge witness manager beneficiary recipient payee klant"
                    + " kunde kunden mitarbeiter medewerker cliente empleado persona persoon");

    private static final int LONGEST = 60;
    private static final int MOST_WORDS = 5;
    private static final double HALF = 0.5;

    /** Of places, streets and firms, one in twenty begins like a person. */
    private static final double CHANCE = 0.05;

    private PersonNames() {}

    static Optional<Proposal> of(ColumnSample sample) {
        ColumnWords words = sample.words();
        boolean named = words.haveAny(NAMES) || (words.haveAny(NAME) && words.haveAny(WHOSE));
        return named ? byName(sample) : byValues(sample);
    }

    private static Optional<Proposal> byName(ColumnSample sample) {
        Count count = Count.of(sample.distinct(), PersonNames::isWorded);
        return count.passed() > 0 && count.share() >= HALF
                ? Optional.of(new Proposal(
                        PersonalKind.PERSON_NAME,
                        "the column's name says so, and " + count + " are words without digits"))
                : Optional.empty();
    }

    private static Optional<Proposal> byValues(ColumnSample sample) {
        Count count = Count.of(sample.distinct(), PersonNames::beginsWithGivenName);
        return count.share() >= HALF && count.isBeyond(CHANCE, false)
                ? Optional.of(new Proposal(
                        PersonalKind.PERSON_NAME,
                        count + " are a common given name and a word or two more; of places and firms fewer than "
                                + Math.max(1, count.byChance(CHANCE)) + " would"))
                : Optional.empty();
    }

    private static boolean isWorded(String text) {
        return text.length() <= LONGEST
                && words(text) <= MOST_WORDS
                && text.chars().anyMatch(Character::isLetter)
                && text.chars().allMatch(c -> Character.isLetter(c) || " '’.,-".indexOf(c) >= 0);
    }

    /** {@code Ada Lovelace} or {@code Lovelace, Ada}. */
    private static boolean beginsWithGivenName(String text) {
        int comma = text.indexOf(", ");
        String given = comma < 0 ? text : text.substring(comma + 2);
        return isWorded(text)
                && words(text) >= 2
                && words(text) <= 4
                && Character.isUpperCase(text.charAt(0))
                && GivenNames.COMMON.contains(firstWord(given).toLowerCase(Locale.ROOT));
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    private static long words(String text) {
        return 1 + text.chars().filter(c -> c == ' ').count();
    }
}
