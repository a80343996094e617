package io.lakemesh.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.error.MeshException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    @Test
    void takesNoStepAfterOneThatFailed() {
        var findings = new Examination("catalog")
                .step("reach", () -> "it answers")
                .step("sign-in", () -> {
                    throw new MeshException("Cannot sign in: check catalog.user");
                })
                .step("permission", () -> {
                    throw new AssertionError("taken");
                })
                .findings();

        assertThat(findings)
                .containsExactly(
                        new Finding("catalog reach", true, "it answers"),
                        new Finding("catalog sign-in", false, "Cannot sign in: check catalog.user"));
    }

    @Test
    void namesAClockThatIsAnHourOff() {
        var findings = new Examination("warehouse")
                .clock(() -> Optional.of(Instant.now().minusSeconds(3_600)))
                .findings();

        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.well()).isFalse();
            assertThat(finding.message()).matches("Its clock is 360[0-9] s behind this machine's: set both by NTP");
        });
    }

    @Test
    void toleratesSeconds() {
        assertThat(new Examination("warehouse")
                        .clock(() -> Optional.of(Instant.now().plusSeconds(20)))
                        .findings())
                .allMatch(Finding::well);
    }
}
