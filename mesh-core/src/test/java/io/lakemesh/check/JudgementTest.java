package io.lakemesh.check;

import static io.lakemesh.check.Contracts.decimals;
import static io.lakemesh.check.Contracts.percent;
import static io.lakemesh.check.Contracts.threshold;
import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.contract.Rule.Threshold;
import io.lakemesh.contract.Rule.Threshold.Operator;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked
class JudgementTest {
    private static Boolean holds(Threshold threshold, long count, long rows) {
        return Judgement.of(threshold, count, rows, List.of()).holds();
    }

    @ParameterizedTest
    @CsvSource({
        "MUST_BE, false, true, false",
        "MUST_NOT_BE, true, false, true",
        "MUST_BE_GREATER_THAN, false, false, true",
        "MUST_BE_GREATER_OR_EQUAL_TO, false, true, true",
        "MUST_BE_LESS_THAN, true, false, false",
        "MUST_BE_LESS_OR_EQUAL_TO, true, true, false"
    })
    void comparesWithOneOperand(Operator operator, boolean below, boolean equal, boolean above) {
        assertThat(holds(threshold(operator, 5), 4, 100)).isEqualTo(below);
        assertThat(holds(threshold(operator, 5), 5, 100)).isEqualTo(equal);
        assertThat(holds(threshold(operator, 5), 6, 100)).isEqualTo(above);
        assertThat(holds(percent(operator, 5), 8, 200)).isEqualTo(below);
        assertThat(holds(percent(operator, 5), 10, 200)).isEqualTo(equal);
        assertThat(holds(percent(operator, 5), 12, 200)).isEqualTo(above);
    }

    @Test
    void takesBetweenAsExclusiveOfBothEnds() {
        for (long count = 4; count <= 8; count++) {
            boolean inside = count > 5 && count < 7;
            assertThat(holds(threshold(Operator.MUST_BE_BETWEEN, 5, 7), count, 100))
                    .isEqualTo(inside);
            assertThat(holds(threshold(Operator.MUST_NOT_BE_BETWEEN, 5, 7), count, 100))
                    .isEqualTo(!inside);
        }
    }

    @Test
    void takesNothingOfNoRowsAsZeroPercent() {
        Judgement judgement = Judgement.of(percent(Operator.MUST_BE_LESS_THAN, 1), 0, 0, List.of());

        assertThat(judgement.value()).isEqualByComparingTo("0");
        assertThat(judgement.holds()).isTrue();
    }

    @Test
    void comparesWithTheMedianOfTheLastReleases() {
        Threshold threshold = new Threshold(Operator.MUST_BE_BETWEEN, decimals(80, 120), true, 3);

        Judgement usual = Judgement.of(threshold, 110, 110, decimals(100, 90, 110, 5000));
        Judgement odd = Judgement.of(threshold, 121, 121, decimals(100, 90, 110));

        assertThat(usual.holds()).isTrue();
        assertThat(usual.value()).isEqualByComparingTo("110");
        assertThat(usual.expected())
                .isEqualTo("between 80.0 and 120.0 percent of the median of the last 3 releases, 100.0");
        assertThat(odd.holds()).isFalse();
    }

    @Test
    void comparesTheDifferenceFromTheMedianInRows() {
        Threshold threshold = new Threshold(Operator.MUST_BE_GREATER_THAN, decimals(-10), false, 2);

        assertThat(Judgement.of(threshold, 95, 95, decimals(100, 101)).holds()).isTrue();
        assertThat(Judgement.of(threshold, 90, 90, decimals(100, 101)).holds()).isFalse();
    }

    @Test
    void saysNothingWithoutHistory() {
        Judgement judgement = Judgement.of(new Threshold(Operator.MUST_BE, decimals(100), true, 5), 7, 7, List.of());

        assertThat(judgement.holds()).isNull();
        assertThat(judgement.value()).isEqualByComparingTo("7");
        assertThat(judgement.note()).isEqualTo("no release has measured this yet");
    }

    @Test
    void knowsThresholdsThatAllowNoRow() {
        assertThat(Judgement.meansNone(threshold(Operator.MUST_BE, 0))).isTrue();
        assertThat(Judgement.meansNone(threshold(Operator.MUST_BE_LESS_THAN, 1)))
                .isTrue();
        assertThat(Judgement.meansNone(threshold(Operator.MUST_BE_LESS_OR_EQUAL_TO, 0)))
                .isTrue();
        assertThat(Judgement.meansNone(percent(Operator.MUST_BE_LESS_THAN, 1))).isFalse();
        assertThat(Judgement.meansNone(threshold(Operator.MUST_BE_LESS_THAN, 2)))
                .isFalse();
        assertThat(Judgement.meansNone(threshold(Operator.MUST_BE, 1))).isFalse();
        assertThat(Judgement.meansNone(new Threshold(Operator.MUST_BE, decimals(0), false, 1)))
                .isFalse();
    }
}
