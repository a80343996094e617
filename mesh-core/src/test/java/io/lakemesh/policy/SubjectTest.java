package io.lakemesh.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.error.InvalidInputException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubjectTest {
    @Test
    void findsTheValuesOfAnAttributeInTheirOrder() {
        Subject subject = Subject.of("ada", "region:York", "region:Bath", "regions:Ely", "analysts", "region");
        assertThat(subject.attribute("region")).containsExactly("Bath", "York");
        assertThat(subject.attribute("analysts")).isEmpty();
        assertThat(subject.attribute("Region")).isEmpty();
    }

    @Test
    void keepsColonsOfAValue() {
        assertThat(Subject.of("ada", "urn:a:b", "x:").attribute("urn")).containsExactly("a:b");
        assertThat(Subject.of("ada", "urn:a:b", "x:").attribute("x")).containsExactly("");
    }

    @Test
    void noGroupSpeaksForTheUser() {
        assertThat(Subject.of("ada", "user:bob").attribute("user")).containsExactly("ada");
    }

    @Test
    void addsAPurposeAndIsItselfUnchanged() {
        Subject ada = Subject.of("ada", "analysts", "purpose:research");
        Subject asking = ada.forPurpose("statistics");
        assertThat(asking.purposes()).containsExactly("research", "statistics");
        assertThat(asking.groups()).containsExactly("analysts", "purpose:research", "purpose:statistics");
        assertThat(ada.purposes()).isEqualTo(List.of("research"));
        assertThat(asking).isEqualTo(Subject.of("ada", "purpose:statistics", "purpose:research", "analysts"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "a\nb", "a\u0000", "a\u0085"})
    void refusesNamesThatCannotBeShown(String name) {
        assertRefused("user", () -> Subject.of(name));
        assertRefused("group", () -> new Subject("ada", Set.of("ok", name)));
        assertRefused("purpose", () -> Subject.of("ada").forPurpose(name));
    }

    @Test
    void refusesNamesWithoutEnd() {
        assertThat(Subject.of("a".repeat(256)).user()).hasSize(256);
        assertRefused("user", () -> Subject.of("a".repeat(257)));
        assertRefused("group", () -> Subject.of("ada", "a".repeat(257)));
    }

    private static void assertRefused(String what, org.assertj.core.api.ThrowableAssert.ThrowingCallable made) {
        assertThatThrownBy(made)
                .isInstanceOf(InvalidInputException.class)
                .hasMessage("Invalid " + what
                        + ": expected 1 to 256 characters that are not all blank, and no control characters");
    }
}
