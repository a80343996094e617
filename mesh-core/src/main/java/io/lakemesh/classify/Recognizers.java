package io.lakemesh.classify;

import static io.lakemesh.classify.ColumnWords.list;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Every kind that has a syntax. */
final class Recognizers {
    private static final double HARDLY = 0.001;
    private static final double FEW = 0.1;
    private static final double SOME = 0.3;
    private static final double MOST = 0.7;
    private static final double NEVER = 2;

    private static final List<String> PHONES =
            list("phone* telephone* telefon* telefoon* tel mobile mobil* mobiel gsm cell"
                    + " cellphone fax handy portable movil msisdn mobilephone homephone workphone whatsapp");

    private static final List<Recognizer> ALL = List.of(
            syntax(PersonalKind.EMAIL, Emails::isEmail, "email* mail* courriel correo epost"),
            syntax(PersonalKind.PHONE, Phones::isInternational, String.join(" ", PHONES)),
            named(PersonalKind.PHONE, Phones::isNational, String.join(" ", PHONES)),
            checked(
                    PersonalKind.IBAN,
                    Ibans::isIban,
                    "are IBANs of a known country and length and pass ISO 7064's mod 97",
                    HARDLY,
                    FEW,
                    "iban bankaccount rekening* konto* account"),
            checked(
                    PersonalKind.CARD,
                    Cards::isCard,
                    "have a card scheme's prefix and length and pass the Luhn test",
                    1 / 10.0,
                    MOST,
                    "card cardnumber creditcard pan ccnumber kreditkarte* carte tarjeta"),
            checked(
                    PersonalKind.DUTCH_BSN,
                    NationalIds::isBsn,
                    "pass the 11-test of Dutch citizen service numbers",
                    1 / 11.0,
                    MOST,
                    "bsn burgerservicenummer sofi*"),
            checked(
                    PersonalKind.SPANISH_DNI,
                    NationalIds::isDni,
                    "have eight digits, or X, Y or Z and seven, and the right letter",
                    1 / 23.0,
                    SOME,
                    "dni nie nif"),
            checked(
                    PersonalKind.FRENCH_NIR,
                    NationalIds::isNir,
                    "have the parts and the key (mod 97) of French social security numbers",
                    1 / 97.0,
                    SOME,
                    "nir insee secu nss"),
            checked(
                    PersonalKind.POLISH_PESEL,
                    NationalIds::isPesel,
                    "begin with a date and pass PESEL's check digit",
                    1 / 10.0,
                    MOST,
                    "pesel"),
            checked(
                    PersonalKind.BELGIAN_NATIONAL_NUMBER,
                    NationalIds::isBelgian,
                    "begin with a date and pass the mod 97 of Belgian national numbers",
                    2 / 97.0,
                    SOME,
                    "rijksregister* insz niss rrn registrenational"),
            checked(
                    PersonalKind.ITALIAN_CODICE_FISCALE,
                    NationalIds::isCodiceFiscale,
                    "have the parts and the check letter of Italian tax codes",
                    1 / 26.0,
                    SOME,
                    "fiscale codicefiscale"),
            checked(
                    PersonalKind.SWEDISH_PERSONNUMMER,
                    NationalIds::isPersonnummer,
                    "begin with a date and pass the Luhn test of Swedish personal identity numbers",
                    1 / 10.0,
                    MOST,
                    "personnummer personnr"),
            checked(
                    PersonalKind.UK_NHS_NUMBER,
                    NationalIds::isNhsNumber,
                    "pass the mod 11 of UK NHS numbers",
                    1 / 11.0,
                    MOST,
                    "nhs*"),
            named(PersonalKind.UK_NINO, NationalIds::isNino, "nino ni insurance nationalinsurance*"),
            named(PersonalKind.US_SSN, NationalIds::isSsn, "ssn social socialsecurity*"));

    private Recognizers() {}

    private static Recognizer syntax(PersonalKind kind, Predicate<String> test, String names) {
        return new Recognizer(kind, test, "have the syntax of " + kind.described(), HARDLY, FEW, list(names), FEW);
    }

    private static Recognizer named(PersonalKind kind, Predicate<String> test, String names) {
        return new Recognizer(kind, test, "have the syntax of " + kind.described(), FEW, NEVER, list(names), SOME);
    }

    private static Recognizer checked(
            PersonalKind kind, Predicate<String> test, String says, double chance, double share, String names) {
        return new Recognizer(kind, test, says, chance, share, list(names), Math.min(share, SOME));
    }

    /** The kind that most of the values are of; the earlier of equals. */
    static Optional<Proposal> best(ColumnSample sample) {
        Collection<String> values = sample.distinct();
        Optional<Proposal> best = Optional.empty();
        int most = books(values, sample.words());
        for (Recognizer recognizer : ALL) {
            Count count = recognizer.count(values);
            if (count.passed() > most && recognizer.accepts(count, sample.words())) {
                most = count.passed();
                best = Optional.of(recognizer.proposal(count, sample.words()));
            }
        }
        return best;
    }

    /**
     * How many values of a personal kind are not enough, because there are books. An NHS number's check digit is that of an ISBN
     * of ten, but that no NHS number ends in X.
     */
    private static int books(Collection<String> values, ColumnWords words) {
        return words.haveAny(list("isbn*"))
                ? values.size()
                : Math.max(0, Count.of(values, Recognizers::isIsbn).passed() - 1);
    }

    private static boolean isIsbn(String text) {
        if (text.length() != 10 || !Digits.areDigits(text, 0, 9)) {
            return false;
        }
        int last = text.charAt(9) == 'X' ? 10 : text.charAt(9) - '0';
        return (Checksums.weighted(text, 10, 9, 8, 7, 6, 5, 4, 3, 2) + last) % 11 == 0;
    }
}
