package io.lakemesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.Protection.Kind;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link KeyRing} does. */
public abstract class KeyRingContractTest {
    private static final String TEXT = "ada.canary@example.com";
    private static final String COLUMN = "police.people_v1.mail";
    private static final List<String> TEXTS = List.of(
            TEXT, TEXT + " ", TEXT.toUpperCase(Locale.ROOT), "", "\u00e9\ud83d\ude00", "e\u0301", "x".repeat(200));

    /** A ring without keys. */
    protected abstract KeyRing ring();

    private static String made(KeyRing ring, String name, Kind kind) {
        return ring.protector(name, kind).maker(COLUMN).apply(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void makesTextsOfOneFormAndNoLongerThanTold(Kind kind) {
        KeyRing ring = ring();
        assertThat(ring.create("police")).isEqualTo("k1");
        Protector protector = ring.protector("police", kind);
        UnaryOperator<String> maker = protector.maker(COLUMN);
        for (String text : TEXTS) {
            String stored = maker.apply(text);
            int characters = text.codePointCount(0, text.length());
            assertThat(stored).matches("k1:[A-Za-z0-9_-]+").doesNotContain("canary");
            assertThat(stored.length()).isBetween(kind.shortest(characters), kind.longest(characters));
            assertThat(protector.isCurrent(stored)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"PSEUDONYMIZE", "TOKENIZE"})
    void makesTheSameStandInOfTheSameTextInEveryColumn(Kind kind) {
        KeyRing ring = ring();
        ring.create("police");
        Set<String> standIns = new HashSet<>();
        for (String text : TEXTS) {
            String standIn = ring.protector("police", kind).maker(COLUMN).apply(text);
            assertThat(ring.protector("police", kind).maker("other").apply(text))
                    .isEqualTo(standIn);
            assertThat(ring.protector("police", kind).candidates(text)).containsExactly(standIn);
            standIns.add(standIn);
        }
        assertThat(standIns).hasSameSizeAs(TEXTS);
    }

    @Test
    void makesAnotherOfAnotherKindOrName() {
        KeyRing ring = ring();
        ring.create("police");
        ring.create("health");
        Set<String> standIns = new HashSet<>();
        for (Kind kind : Kind.values()) {
            standIns.add(made(ring, "police", kind));
            standIns.add(made(ring, "health", kind));
        }
        assertThat(standIns).hasSize(2 * Kind.values().length);
    }

    @Test
    void encryptsTheSameTextOtherwiseEachTime() {
        KeyRing ring = ring();
        ring.create("police");
        assertThat(made(ring, "police", Kind.ENCRYPT)).isNotEqualTo(made(ring, "police", Kind.ENCRYPT));
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOKENIZE", "ENCRYPT"})
    void leadsBack(Kind kind) {
        KeyRing ring = ring();
        ring.create("police");
        UnaryOperator<String> maker = ring.protector("police", kind).maker(COLUMN);
        UnaryOperator<String> revealer = ring.revealer("police", kind, COLUMN);
        for (String text : TEXTS) {
            assertThat(revealer.apply(maker.apply(text))).isEqualTo(text);
        }
    }

    @Test
    void doesNotLeadBackFromAnotherColumnsEncryptedText() {
        KeyRing ring = ring();
        ring.create("police");
        String stored = made(ring, "police", Kind.ENCRYPT);
        UnaryOperator<String> elsewhere = ring.revealer("police", Kind.ENCRYPT, "police.people_v1.remarks");
        assertThatThrownBy(() -> elsewhere.apply(stored))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("Cannot reveal police.people_v1.remarks");
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOKENIZE", "ENCRYPT"})
    void refusesWhatNoKeyOfItsMade(Kind kind) {
        KeyRing ring = ring();
        ring.create("police");
        ring.create("health");
        String stored = made(ring, "police", kind);
        UnaryOperator<String> revealer = ring.revealer("police", kind, COLUMN);
        char changed = stored.charAt(10) == 'A' ? 'B' : 'A';
        for (String text : List.of(
                "",
                TEXT,
                "k1:",
                "k1:AAAA",
                "k1:" + "A".repeat(5),
                stored.substring(0, stored.length() - 4),
                stored.substring(0, 10) + changed + stored.substring(11),
                made(ring, "health", kind),
                made(ring, "police", Kind.PSEUDONYMIZE))) {
            assertThatThrownBy(() -> revealer.apply(text))
                    .as(text)
                    .isInstanceOf(IntegrityException.class)
                    .hasMessageNotContaining("canary");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"TOKENIZE", "ENCRYPT"})
    void goesOnToTellWhatEarlierKeysMade(Kind kind) {
        KeyRing ring = ring();
        ring.create("police");
        ring.create("health");
        String old = made(ring, "police", kind);
        UnaryOperator<String> before = ring.revealer("police", kind, COLUMN);
        assertThat(ring.rotate("police")).isEqualTo("k2");
        String stored = made(ring, "police", kind);
        assertThat(stored).startsWith("k2:").doesNotEndWith(old.substring(3));
        assertThat(ring.revealer("police", kind, COLUMN).apply(old)).isEqualTo(TEXT);
        assertThat(ring.revealer("police", kind, COLUMN).apply(stored)).isEqualTo(TEXT);
        assertThat(made(ring, "health", kind)).startsWith("k1:");
        assertThat(before.apply(old)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void tellsTheNewestKeyFromEarlierOnes(Kind kind) {
        KeyRing ring = ring();
        ring.create("police");
        String old = made(ring, "police", kind);
        ring.rotate("police");
        Protector protector = ring.protector("police", kind);
        String stored = protector.maker(COLUMN).apply(TEXT);
        assertThat(protector.isCurrent(stored)).isTrue();
        assertThat(protector.isCurrent(old)).isFalse();
        if (kind.isDeterministic()) {
            assertThat(protector.candidates(TEXT)).containsExactly(stored, old);
        }
    }

    @Test
    void saysWhichKeyIsMissing() {
        KeyRing ring = ring();
        ring.create("police");
        String stored = made(ring, "police", Kind.TOKENIZE);
        UnaryOperator<String> revealer = ring.revealer("police", Kind.TOKENIZE, COLUMN);
        assertThatThrownBy(() -> revealer.apply("k2" + stored.substring(2)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot reveal " + COLUMN)
                .hasMessageContaining("'police'");
    }

    @Test
    void refusesWhatWouldLoseAKeyOrHasNone() {
        KeyRing ring = ring();
        for (Kind kind : Kind.values()) {
            assertThatThrownBy(() -> ring.protector("police", kind))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("Cannot find a key of 'police'");
        }
        assertThatThrownBy(() -> ring.revealer("police", Kind.TOKENIZE, COLUMN))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find a key of 'police'");
        assertThatThrownBy(() -> ring.rotate("police")).isInstanceOf(InvalidInputException.class);
        ring.create("police");
        String standIn = made(ring, "police", Kind.TOKENIZE);
        assertThatThrownBy(() -> ring.create("police")).isInstanceOf(InvalidInputException.class);
        assertThat(made(ring, "police", Kind.TOKENIZE)).isEqualTo(standIn);
    }
}
