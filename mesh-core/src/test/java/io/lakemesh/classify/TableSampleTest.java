package io.lakemesh.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.batch.Vector;
import io.lakemesh.schema.DataType.Primitive;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class TableSampleTest {
    private final TableSample table = new TableSample();
    private final Random random = new Random(7);

    private void fill(String column, int rows, Function<Random, String> draw) {
        for (int row = 0; row < rows; row++) {
            table.column(column).add(draw.apply(random));
        }
    }

    private List<String> kinds() {
        return table.proposals().entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue().kind())
                .toList();
    }

    private String reason(String column) {
        return Objects.requireNonNull(table.proposals().get(column)).reason();
    }

    @Test
    void countsTheEvidence() {
        fill("mail", 100, PersonalValues::email);
        fill("c", 300, PersonalValues::bsn);
        fill("c", 30, drawn -> LookAlikes.number(9, drawn) + "x");
        assertThat(table.proposals().get("mail"))
                .hasToString(
                        "looks like e-mail addresses: 100 of 100 different sampled values have the syntax of e-mail"
                                + " addresses, and the column's name agrees");
        assertThat(table.proposals().get("c"))
                .hasToString(
                        "looks like Dutch citizen service numbers (BSN): 300 of 330 different sampled values pass the"
                                + " 11-test of Dutch citizen service numbers; by chance 30 would");
    }

    @Test
    void isNotFooledByWhatComesFirst() {
        fill("c", 50_000, drawn -> "");
        fill("c", 50_000, drawn -> "none");
        fill("c", 100_000, PersonalValues::email);
        assertThat(kinds()).containsExactly("c email");
    }

    @Test
    void takesAnEvenSample() {
        int early = 0;
        for (int seed = 0; seed < 100; seed++) {
            Reservoir reservoir = new Reservoir(100, seed);
            for (int i = 0; i < 10_000; i++) {
                if (reservoir.takesNext()) {
                    reservoir.keep(i < 2_500 ? "early" : "late");
                }
            }
            assertThat(reservoir.kept()).hasSize(100);
            early += (int) reservoir.kept().stream().filter("early"::equals).count();
        }
        assertThat(early).isBetween(2_300, 2_700);
    }

    @Test
    void givesTheSameSampleOfTheSameValues() {
        for (int time = 0; time < 2; time++) {
            table.column("c" + time);
        }
        TableSample again = new TableSample();
        for (int i = 0; i < 10_000; i++) {
            table.column("c").add(i);
            again.column("c").add(i);
        }
        assertThat(table.column("c").distinct())
                .containsExactlyElementsOf(again.column("c").distinct());
    }

    @Test
    void takesAValueThatIsRepeatedForOne() {
        fill("c", 1_000, drawn -> "111222333");
        fill("d", 1_000, drawn -> "4111111111111111");
        assertThat(kinds()).isEmpty();
    }

    @Test
    void saysNothingOfAFewNumbersThatPassByChance() {
        fill("c", 5, PersonalValues::bsn);
        assertThat(kinds()).isEmpty();
        fill("c", 1, PersonalValues::bsn);
        assertThat(kinds()).containsExactly("c dutch-bsn");
    }

    @Test
    void saysNothingOfAFewNamesThatPlacesHaveToo() {
        for (String name : List.of("Ada Lovelace", "Emma Stone", "Peter Pan", "Anna Karenina")) {
            table.column("c").add(name);
        }
        assertThat(kinds()).isEmpty();
        fill("c", 10, PersonalValues::fullName);
        assertThat(kinds()).containsExactly("c person-name");
    }

    @Test
    void takesTextsThatRepeatForNoFreeText() {
        List<String> choices = List.of(
                "the customer asked to be called back",
                "nobody was at home that day",
                "it was left with the neighbours");
        fill("comment", 1_000, drawn -> choices.get(drawn.nextInt(3)));
        fill("remarks", 1_000, PersonalValues::note);
        assertThat(kinds()).containsExactly("remarks free-text");
    }

    @Test
    void samplesTypedColumns() {
        Vector longs = Vector.of(Primitive.LONG, 4);
        Vector dates = Vector.of(Primitive.DATE, 4);
        for (int row = 0; row < 4; row++) {
            longs.set(
                    row,
                    List.of(4111111111111111L, 5555555555554444L, 6011111111111117L, 3530111333300000L)
                            .get(row));
            dates.set(row, row == 2 ? null : java.time.LocalDate.of(1970 + row, 1, 1));
        }
        int[] rows = {0, 1, 2, 3};
        table.column("card").add(longs, rows, 4);
        table.column("born").add(dates, rows, 4);
        assertThat(table.proposals()).hasSize(2).containsKeys("card", "born");
        assertThat(reason("born")).startsWith("3 of 3 different sampled values");
        table.column("birth").add(dates, new int[] {2}, 1);
        assertThat(table.proposals()).hasSize(2);
    }

    @Test
    void pairsCoordinatesByTheirNames() {
        fill("home_lat", 100, PersonalValues::latitude);
        fill("home_lon", 100, PersonalValues::longitude);
        fill("Work Latitude", 100, PersonalValues::latitude);
        fill("lat", 100, PersonalValues::latitude);
        fill("x", 100, PersonalValues::longitude);
        fill("long", 100, drawn -> "" + drawn.nextInt(180));
        fill("grid_lat", 100, drawn -> drawn.nextInt(80, 100) + ".1234");
        fill("grid_lon", 100, PersonalValues::longitude);
        assertThat(kinds()).containsExactly("home_lat coordinates", "home_lon coordinates");
        assertThat(reason("home_lat"))
                .isEqualTo(
                        "100 of 100 different sampled values lie from -90 to 90, 100 of them with 3 decimals or more, and"
                                + " there is a column of the longitude");
    }

    @Test
    void needsDatesForDatesOfBirth() {
        fill("birth_date", 100, LookAlikes::timestamp);
        fill("dob", 100, drawn -> "" + (1950 + drawn.nextInt(50)));
        fill("geboortedatum", 100, drawn -> "31-01-" + (1950 + drawn.nextInt(50)));
        fill("birthplace", 100, LookAlikes::place);
        fill("born", 100, drawn -> "" + (2900 + drawn.nextInt(50)));
        fill("birth_year_of_author", 100, drawn -> "" + (1800 + drawn.nextInt(100)));
        fill(
                "birth_note",
                100,
                drawn -> drawn.nextInt(3) == 0 ? "" + (1950 + drawn.nextInt(50)) : "unknown " + drawn.nextInt());
        assertThat(kinds()).containsExactly("birth_date birth-date", "dob birth-date", "geboortedatum birth-date");
    }

    @Test
    void reportsNoValue() {
        List<Function<Random, String>> draws = List.of(
                PersonalValues::email,
                PersonalValues::card,
                PersonalValues::bsn,
                PersonalValues::fullName,
                PersonalValues::note);
        for (Function<Random, String> draw : draws) {
            Random same = new Random(3);
            List<String> values = java.util.stream.Stream.generate(() -> draw.apply(same))
                    .limit(50)
                    .toList();
            TableSample sample = new TableSample();
            values.forEach(value -> sample.column("c").add(value));
            assertThat(sample.proposals()).hasSize(1);
            assertThat(values).noneMatch(value -> sample.proposals().toString().contains(value));
        }
    }

    @Test
    void looksAtTheBeginningOfLongValuesOnly() {
        Map<String, String> hostile = Map.of(
                "at", "a".repeat(1 << 20) + "@",
                "dots", "a.".repeat(1 << 19) + "@b.c",
                "digits", "1".repeat(1 << 20),
                "blanks", " ".repeat(1 << 20) + "x",
                "marks", "+".repeat(1 << 20),
                "surrogates", "\uD83D\uDE00".repeat(1 << 19) + "\uD83D",
                "commas", "Ada, ".repeat(1 << 18));
        Instant start = Instant.now();
        hostile.forEach((name, value) -> fill(name + "\u0301".repeat(10_000), 2_000, drawn -> value));
        assertThat(kinds()).isEmpty();
        hostile.keySet().forEach(name -> assertThat(
                        table.column(name + "\u0301".repeat(10_000)).distinct())
                .allMatch(text -> text.length() <= 256));
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(20));
    }
}
