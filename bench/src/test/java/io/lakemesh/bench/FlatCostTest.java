package io.lakemesh.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.bench.FlatCost.Cost;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The small form of the benchmark: what grows with each release shows after a hundred of them. */
class FlatCostTest {
    @Test
    void aPublishCostsNoMoreAsHistoryGrows(@TempDir Path folder) throws Exception {
        List<Cost> costs = FlatCost.measure(folder, Path.of("events"), 20, 100);

        Cost first = costs.get(1);
        Cost last = costs.get(4);
        assertThat(last.storageCalls()).isPositive();
        assertThat(last.statements()).isPositive();
        assertThat(last.ratio(first))
                .as(costs + ": " + last + " against " + first)
                .isLessThan(1.1);
    }
}
