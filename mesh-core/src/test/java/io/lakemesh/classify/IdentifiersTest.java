package io.lakemesh.classify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Examples that issuers and standards publish, and each with one character changed. */
class IdentifiersTest {
    private static final Map<Predicate<String>, List<String>> PUBLISHED = Map.ofEntries(
            Map.entry(NationalIds::isBsn, List.of("111222333", "123456782", "1112.22.333")),
            Map.entry(
                    NationalIds::isDni,
                    List.of("12345678Z", "X1234567L", "12345678-z", "00000000T", "Y1234567X", "Z1234567R")),
            Map.entry(
                    NationalIds::isNir,
                    List.of("255081416802538", "2 55 08 14 168 025 38", "184122A03300151", "184122B03300178")),
            Map.entry(NationalIds::isPesel, List.of("44051401359", "02070803628")),
            Map.entry(NationalIds::isBelgian, List.of("85073003328", "85.07.30-033.28", "17073003384")),
            Map.entry(
                    NationalIds::isCodiceFiscale, List.of("RSSMRA85T10A562S", "MRTMTT25D09F205Z", "BNCNNA80A41H501R")),
            Map.entry(
                    NationalIds::isPersonnummer, List.of("811218-9876", "19811218-9876", "6709199530", "701063-2391")),
            Map.entry(NationalIds::isNhsNumber, List.of("943 476 5919", "9434765919", "943-476-5870")),
            Map.entry(
                    Ibans::isIban,
                    List.of(
                            "GB82 WEST 1234 5698 7654 32",
                            "NL91ABNA0417164300",
                            "DE89370400440532013000",
                            "FR1420041010050500013M02606",
                            "nl91abna0417164300",
                            "NO9386011117947")),
            Map.entry(
                    Cards::isCard,
                    List.of(
                            "4111111111111111",
                            "4111-1111-1111-1111",
                            "5555 5555 5555 4444",
                            "378282246310005",
                            "6011111111111117",
                            "30569309025904",
                            "36148900647913",
                            "38520000023237",
                            "3530111333300000",
                            "2223003122003222",
                            "5018000000000009",
                            "6200000000000005",
                            "6445644564456445")));

    @Test
    void knowsPublishedExamples() {
        PUBLISHED.forEach((test, texts) ->
                texts.forEach(text -> assertThat(test.test(text)).as(text).isTrue()));
    }

    @Test
    void noticesADigitThatWasMistyped() {
        PUBLISHED.forEach((test, texts) -> texts.forEach(text -> {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (Digits.isDigit(c)) {
                    String wrong = text.substring(0, i) + (char) ('0' + (c - '0' + 1) % 10) + text.substring(i + 1);
                    assertThat(test.test(wrong)).as(wrong).isFalse();
                }
            }
        }));
    }

    @Test
    void refusesWhatIsTooLongTooShortOrOfOtherCharacters() {
        PUBLISHED.forEach((test, texts) -> texts.forEach(text -> {
            for (String other :
                    List.of("", "-", "+", " ", text + "00000", text.substring(1), "x" + text, text + "\u0660")) {
                assertThat(test.test(other)).as(other).isFalse();
            }
            assertThat(test.test(text.repeat(100_000))).isFalse();
        }));
    }

    /** Their check digits are right. */
    @Test
    void refusesNumbersThatNobodyHas() {
        assertThat(accepted(NationalIds::isBsn, "000000000", "00000000")).isEmpty();
        assertThat(accepted(NationalIds::isNhsNumber, "1111111111", "0000000000"))
                .isEmpty();
        assertThat(accepted(NationalIds::isCodiceFiscale, "BNCNNA80A72H501Z", "BNCNNA80A32H501V"))
                .isEmpty();
        assertThat(accepted(Ibans::isIban, "NL58ABNA041716430", "NL33ABNA04171643000", "XX4212345678901234"))
                .isEmpty();
    }

    @Test
    void knowsNumbersThatHaveAGrammarOnly() {
        assertThat(accepted(
                        NationalIds::isNino,
                        "AB123456C",
                        "ab 12 34 56 c",
                        "QQ123456C",
                        "BG123456A",
                        "AO123456A",
                        "AB123456E"))
                .containsExactly("AB123456C", "ab 12 34 56 c");
        assertThat(accepted(
                        NationalIds::isSsn,
                        "078-05-1120",
                        "219099999",
                        "000-12-3456",
                        "666-12-3456",
                        "900-12-3456",
                        "123-00-4567",
                        "123-45-0000"))
                .containsExactly("078-05-1120", "219099999");
    }

    @Test
    void knowsAddressesAndTelephoneNumbers() {
        assertThat(accepted(
                        Emails::isEmail,
                        "ada@example.org",
                        "Ada Lovelace <ada+x@mail.example.co.uk>",
                        "jos\u00e9@b\u00fccher.example",
                        "@handle",
                        "ada@localhost",
                        "git@github.com:lakemesh/lakemesh",
                        "ada@@example.org",
                        "ada@example..org",
                        "a b@example.org",
                        "ada@10.0.0.1",
                        "x".repeat(65) + "@example.org",
                        "ada@" + "x".repeat(64) + ".org",
                        "ada@" + "mail.".repeat(50) + "org"))
                .containsExactly(
                        "ada@example.org", "Ada Lovelace <ada+x@mail.example.co.uk>", "jos\u00e9@b\u00fccher.example");
        assertThat(accepted(
                        Phones::isInternational,
                        "+44 20 7946 0958",
                        "+1 (555) 010-9999",
                        "+31(0)20 794 0958",
                        "+123",
                        "+1234567890123456",
                        "+0 20 7946 0958",
                        "44 20 7946 0958",
                        "+44  20"))
                .containsExactly("+44 20 7946 0958", "+1 (555) 010-9999", "+31(0)20 794 0958");
        assertThat(accepted(
                        Phones::isNational,
                        "020 7946 0958",
                        "(555) 010-9999",
                        "06-12345678",
                        "2020-01-31",
                        "12345",
                        "10:30"))
                .containsExactly("020 7946 0958", "(555) 010-9999", "06-12345678");
    }

    private static List<String> accepted(Predicate<String> test, String... texts) {
        return List.of(texts).stream().filter(test).toList();
    }

    @Test
    void readsTheWordsOfNames() {
        Map<String, Boolean> births = new TreeMap<>();
        for (String name :
                List.of("dateOfBirth", "DATE_OF_BIRTH", "birthday", "Ge\u0301boorte-datum", "stillbirths", "debirth")) {
            births.put(name, new ColumnWords(name).haveAny(List.of("birth*", "geboorte")));
        }
        assertThat(births)
                .isEqualTo(Map.of(
                        "dateOfBirth", true,
                        "DATE_OF_BIRTH", true,
                        "birthday", true,
                        "Ge\u0301boorte-datum", true,
                        "stillbirths", false,
                        "debirth", false));
    }
}
