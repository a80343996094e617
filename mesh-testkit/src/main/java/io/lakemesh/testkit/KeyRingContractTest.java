package io.lakemesh.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.Protection;
import io.lakemesh.contract.Protection.Keyed;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.protect.KeyRing;
import io.lakemesh.protect.Protector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What every {@link KeyRing} does. */
public abstract class KeyRingContractTest {
    private static final String TEXT = "ada.canary@example.com";

    /** A ring without keys. */
    protected abstract KeyRing ring();

    @Test
    void makesTheSameStandInOfTheSameText() {
        KeyRing ring = ring();
        assertThat(ring.create("police")).isEqualTo("k1");
        String standIn = ring.protector("police").protect(Keyed.PSEUDONYMIZE, TEXT);
        assertThat(standIn).matches("k1:[0-9a-f]{32}");
        assertThat(standIn.length()).isBetween(Protection.SHORTEST_STAND_IN, Protection.LONGEST_STAND_IN);
        assertThat(ring.protector("police").protect(Keyed.PSEUDONYMIZE, TEXT)).isEqualTo(standIn);
        assertThat(ring.protector("police").isCurrent(standIn)).isTrue();
    }

    @Test
    void makesAnotherOfAnotherTextKindOrDomain() {
        KeyRing ring = ring();
        ring.create("police");
        ring.create("health");
        Protector police = ring.protector("police");
        Set<String> standIns = new HashSet<>();
        for (String text :
                List.of(TEXT, TEXT + " ", TEXT.toUpperCase(java.util.Locale.ROOT), "", "\u00e9", "e\u0301")) {
            standIns.add(police.protect(Keyed.PSEUDONYMIZE, text));
        }
        standIns.add(police.protect(Keyed.TOKENIZE, TEXT));
        standIns.add(ring.protector("health").protect(Keyed.PSEUDONYMIZE, TEXT));
        assertThat(standIns).hasSize(8);
    }

    @Test
    void makesTheSameOfManyTextsInTurn() {
        KeyRing ring = ring();
        ring.create("police");
        Protector protector = ring.protector("police");
        for (Keyed kind : Keyed.values()) {
            UnaryOperator<String> maker = protector.maker(kind);
            for (String text : List.of(TEXT, "", "\u00e9\ud83d\ude00", "x".repeat(200), TEXT)) {
                assertThat(maker.apply(text)).isEqualTo(protector.protect(kind, text));
            }
        }
    }

    @Test
    void goesOnToTellWhatEarlierKeysMade() {
        KeyRing ring = ring();
        ring.create("police");
        ring.create("health");
        String old = ring.protector("police").protect(Keyed.TOKENIZE, TEXT);
        assertThat(ring.rotate("police")).isEqualTo("k2");
        Protector rotated = ring.protector("police");
        String standIn = rotated.protect(Keyed.TOKENIZE, TEXT);
        assertThat(standIn).startsWith("k2:").doesNotEndWith(old.substring(3));
        assertThat(rotated.candidates(Keyed.TOKENIZE, TEXT)).containsExactly(standIn, old);
        assertThat(rotated.isCurrent(old)).isFalse();
        assertThat(ring.protector("health").protect(Keyed.TOKENIZE, TEXT)).startsWith("k1:");
    }

    @Test
    void refusesWhatWouldLoseAKeyOrHasNone() {
        KeyRing ring = ring();
        assertThatThrownBy(() -> ring.protector("police"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Cannot find a key of domain 'police'");
        assertThatThrownBy(() -> ring.rotate("police")).isInstanceOf(InvalidInputException.class);
        ring.create("police");
        String standIn = ring.protector("police").protect(Keyed.TOKENIZE, TEXT);
        assertThatThrownBy(() -> ring.create("police")).isInstanceOf(InvalidInputException.class);
        assertThat(ring.protector("police").protect(Keyed.TOKENIZE, TEXT)).isEqualTo(standIn);
    }
}
