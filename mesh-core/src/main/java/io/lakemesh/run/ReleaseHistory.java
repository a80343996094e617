package io.lakemesh.run;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.History;
import io.lakemesh.check.TableReport;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.Releases;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What earlier releases measured, read from their reports, newest first. */
record ReleaseHistory(Releases releases, Optional<Manifest> last) implements History {
    Optional<Instant> lastRelease() {
        return last.map(Manifest::publishedAt);
    }

    @Override
    public List<BigDecimal> values(String object, String ruleId, int wanted) {
        List<BigDecimal> values = new ArrayList<>();
        Optional<Manifest> next = last;
        while (next.isPresent() && values.size() < wanted) {
            next.get().reportDigest().map(releases::report).flatMap(report -> report.table(object)).stream()
                    .flatMap(table -> value(table, ruleId).stream())
                    .forEach(values::add);
            next = next.get().previousDigest().map(releases::manifest);
        }
        return values;
    }

    private static Optional<BigDecimal> value(TableReport table, String ruleId) {
        return table.checks().stream()
                .filter(check -> check.id().equals(ruleId))
                .map(CheckResult::value)
                .filter(Objects::nonNull)
                .findFirst();
    }
}
