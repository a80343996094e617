package io.lakemesh.cli.page;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a product's page says.
 *
 * @param address {@code domain/name}
 * @param title for people
 * @param facts short texts by heading: purpose, usage, limitations
 * @param tables the product's tables as its contract describes them
 * @param runs releases and refused runs, oldest first
 * @param descriptions what rules are for, by id
 * @param quarantine how many rows were set aside, by rule
 */
record PageContent(
        String address,
        String title,
        String status,
        Map<String, String> facts,
        List<Table> tables,
        List<Run> runs,
        Map<String, String> descriptions,
        List<Reason> quarantine,
        Instant madeAt) {
    record Table(String name, String description, String contract, List<Column> columns, List<String> notes) {}

    record Column(
            String name,
            String type,
            boolean required,
            boolean key,
            @Nullable String classification,
            String description) {}

    /**
     * A run.
     *
     * @param release the number of the release that it made; null if it was refused
     * @param total rows that readers of the release see
     * @param manifest digest; null if it was refused
     */
    record Run(
            String id,
            @Nullable Long release,
            @Nullable String manifest,
            Instant at,
            String mode,
            RowCounts rows,
            long total,
            List<CheckResult> checks) {
        String label() {
            return release == null ? "refused" : "r" + release;
        }

        boolean refused() {
            return release == null;
        }
    }

    /** A reason for quarantine: a rule, and how many rows of which run broke it. */
    record Reason(String run, String rule, long rows) {}
}
