package io.lakemesh.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Columns of made-up values, of each kind and of what looks like it: how many are proposed. The tables in
 * {@code docs/reference/personal-data.md} are what this prints.
 */
class ProposalsTest {
    private static final int COLUMNS = 20;
    private static final int ROWS = 1_000;
    private static final Path PAGE = Path.of("../docs/reference/personal-data.md");

    /** Values of a kind; the name says what they are, or nothing. */
    private record Personal(PersonalKind kind, String values, String name, Function<Random, String> draw) {}

    private record Other(String values, String name, Function<Random, String> draw) {}

    private static final List<Personal> PERSONAL = List.of(
            new Personal(PersonalKind.EMAIL, "e-mail addresses", "email", PersonalValues::email),
            new Personal(
                    PersonalKind.PHONE, "international telephone numbers", "phone", PersonalValues::internationalPhone),
            new Personal(
                    PersonalKind.PHONE, "national telephone numbers", "telefoonnummer", PersonalValues::nationalPhone),
            new Personal(PersonalKind.IBAN, "IBANs", "iban", PersonalValues::iban),
            new Personal(PersonalKind.CARD, "card numbers", "card_number", PersonalValues::card),
            new Personal(PersonalKind.DUTCH_BSN, "BSN", "bsn", PersonalValues::bsn),
            new Personal(PersonalKind.SPANISH_DNI, "DNI", "dni", PersonalValues::dni),
            new Personal(PersonalKind.FRENCH_NIR, "NIR", "nir", PersonalValues::nir),
            new Personal(PersonalKind.POLISH_PESEL, "PESEL", "pesel", PersonalValues::pesel),
            new Personal(
                    PersonalKind.BELGIAN_NATIONAL_NUMBER, "Belgian national numbers", "niss", PersonalValues::belgian),
            new Personal(
                    PersonalKind.ITALIAN_CODICE_FISCALE,
                    "codici fiscali",
                    "codice_fiscale",
                    PersonalValues::codiceFiscale),
            new Personal(
                    PersonalKind.SWEDISH_PERSONNUMMER, "personnummer", "personnummer", PersonalValues::personnummer),
            new Personal(PersonalKind.UK_NHS_NUMBER, "NHS numbers", "nhs_number", PersonalValues::nhsNumber),
            new Personal(PersonalKind.UK_NINO, "NINO", "nino", PersonalValues::nino),
            new Personal(PersonalKind.US_SSN, "SSN", "ssn", PersonalValues::ssn),
            new Personal(PersonalKind.BIRTH_DATE, "dates of birth", "dateOfBirth", PersonalValues::birthDate),
            new Personal(PersonalKind.PERSON_NAME, "given and family name", "customer_name", PersonalValues::fullName),
            new Personal(PersonalKind.PERSON_NAME, "family name, given name", "full_name", PersonalValues::familyFirst),
            new Personal(PersonalKind.PERSON_NAME, "family names", "surname", PersonalValues::familyName),
            new Personal(
                    PersonalKind.PERSON_NAME,
                    "names that are rare in Europe",
                    "customer_name",
                    PersonalValues::rareName),
            new Personal(
                    PersonalKind.EMAIL,
                    "an e-mail address in one value of five",
                    "contact",
                    random -> PersonalValues.oneIn(5, PersonalValues::email, random)),
            new Personal(
                    PersonalKind.DUTCH_BSN,
                    "BSN, four of ten mistyped",
                    "bsn",
                    random -> random.nextInt(10) < 4 ? LookAlikes.number(9, random) : PersonalValues.bsn(random)),
            new Personal(PersonalKind.FREE_TEXT, "notes of 8 to 27 words", "remarks", PersonalValues::note));

    private static final List<Other> OTHERS = List.of(
            new Other("order numbers of 16 digits", "order_no", LookAlikes::orderNumber),
            new Other("order numbers of 16 digits, the first a 4", "order_no", LookAlikes::visaLikeOrderNumber),
            new Other("numbers of 8 digits", "id", random -> LookAlikes.number(8, random)),
            new Other("numbers of 9 digits", "id", random -> LookAlikes.number(9, random)),
            new Other("numbers of 10 digits", "id", random -> LookAlikes.number(10, random)),
            new Other("numbers of 11 digits", "id", random -> LookAlikes.number(11, random)),
            new Other("numbers of 15 digits", "id", random -> LookAlikes.number(15, random)),
            new Other("product codes such as AB123456C", "code", LookAlikes::productCode),
            new Other("postcodes", "postcode", LookAlikes::postcode),
            new Other("hashes; UK police crime ids", "crime_id", LookAlikes::hash),
            new Other("UUIDs", "id", LookAlikes::uuid),
            new Other("timestamps", "created_at", LookAlikes::timestamp),
            new Other("timestamps such as 202001311030", "batch", LookAlikes::compactTimestamp),
            new Other("milliseconds since 1970", "at", LookAlikes::epochMillis),
            new Other("dates", "shipped", LookAlikes::date),
            new Other("prices", "price", LookAlikes::price),
            new Other("ISBN of 10 characters", "isbn", LookAlikes::isbn),
            new Other("EAN of 13 digits", "ean", LookAlikes::ean),
            new Other("twenty towns, some named after people", "town", LookAlikes::place),
            new Other("villages", "name", LookAlikes::manyPlaces),
            new Other("streets, some named after people", "street", LookAlikes::street),
            new Other("'On or near' a street", "Location", LookAlikes::location),
            new Other("firms", "company_name", LookAlikes::firm),
            new Other("products", "name", LookAlikes::product),
            new Other("three acts of law", "legislation", LookAlikes::law),
            new Other("three words", "gender", LookAlikes::category),
            new Other("links", "url", LookAlikes::url),
            new Other("IPv4 addresses", "host", LookAlikes::address),
            new Other("git remotes", "remote", LookAlikes::remote),
            new Other("readings with four decimals", "reading", LookAlikes::reading),
            new Other("descriptions of products", "description", LookAlikes::description));

    private static final List<String> HEAD =
            List.of("| values | column | proposed | by values alone |", "|---|---|---|---|");

    @Test
    void proposesWhatThePageSays() throws IOException {
        List<String> lines = new ArrayList<>(HEAD);
        PERSONAL.forEach(personal -> lines.add("| " + personal.values() + " | `" + personal.name() + "` | "
                + found(personal.kind(), personal.name(), personal.draw()) + " | "
                + found(personal.kind(), "c1", personal.draw()) + " |"));
        lines.add("");
        lines.addAll(HEAD);
        OTHERS.forEach(other -> lines.add("| " + other.values() + " | `" + other.name() + "` | "
                + others(other.name(), other.draw()) + " | " + others("c1", other.draw()) + " |"));
        String tables = String.join("\n", lines);
        System.out.println(tables);
        assertThat(Files.readString(PAGE)).contains(tables);
    }

    private static String found(PersonalKind kind, String name, Function<Random, String> draw) {
        long found = proposals(name, draw)
                .filter(proposal -> proposal.filter(p -> p.kind() == kind).isPresent())
                .count();
        return found + " of " + COLUMNS;
    }

    private static String others(String name, Function<Random, String> draw) {
        List<String> kinds = proposals(name, draw)
                .flatMap(Optional::stream)
                .map(proposal -> proposal.kind().toString())
                .toList();
        return kinds.isEmpty()
                ? "0"
                : kinds.size() + " of " + COLUMNS + ", as "
                        + String.join(", ", kinds.stream().distinct().toList());
    }

    /** Of columns with other values each, one in twenty of them something else. */
    private static Stream<Optional<Proposal>> proposals(String name, Function<Random, String> draw) {
        return Stream.iterate(0, seed -> seed + 1).limit(COLUMNS).map(seed -> {
            Random random = new Random(seed);
            TableSample table = new TableSample();
            for (int row = 0; row < ROWS; row++) {
                table.column(name).add(random.nextInt(20) == 0 ? "unknown " + row : draw.apply(random));
            }
            return Optional.ofNullable(table.proposals().get(name));
        });
    }
}
