package io.lakemesh.governance.trino;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A product with a role that is masked, one that is filtered, and one that sees everything. */
final class Searches {
    /** What no analyst may ever see a trace of. */
    static final String SECRET = "Zebedee";

    static final String ROLES =
            """
            roles:
              - role: stewards
              - role: officers
                customProperties:
                  - { property: lakemesh.purpose, value: [operations] }
                  - { property: lakemesh.row-filter, value: "force = subject.force AND age > 17" }
              - role: analysts
                customProperties:
                  - { property: lakemesh.purpose, value: [statistics] }
                  - property: lakemesh.mask
                    value: { officer: first(1), note: null, longitude: round(1), age: "bands(10, 18, 30)", fee: round(0), day: month, at: hour, code: "constant('x''y')" }
            """;

    static final String COLUMNS =
            """
                properties:
                  - { name: id, logicalType: integer, required: true, primaryKey: true, primaryKeyPosition: 1 }
                  - { name: force, logicalType: string }
                  - { name: officer, logicalType: string }
                  - { name: note, logicalType: string }
                  - { name: longitude, logicalType: number }
                  - { name: age, logicalType: integer, logicalTypeOptions: { minimum: 0 } }
                  - { name: fee, logicalType: number, physicalType: "decimal(9, 2)" }
                  - { name: day, logicalType: date }
                  - { name: at, logicalType: timestamp, physicalType: timestamptz }
                  - { name: code, logicalType: string }
            """;

    private static final List<String> FORCES = List.of("essex", "kent", "o'x\"; --", "met");

    private Searches() {}

    static Product product(GovernedLake lake, String name) {
        return lake.product(name, "1.0.0", COLUMNS + ROLES);
    }

    /** Of several forces; every fifth is empty but for its id. */
    static RecordSource rows(int from, int to) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = from; i < to; i++) {
            rows.add(row(i));
        }
        return RecordSources.of("searches", rows);
    }

    private static Map<String, @Nullable Object> row(int i) {
        Map<String, @Nullable Object> row = new HashMap<>(Map.of("id", (long) i));
        if (i % 5 != 4) {
            row.put("force", FORCES.get(i % FORCES.size()));
            row.put("officer", i % 3 == 0 ? "É" : SECRET + " " + i);
            row.put("note", SECRET + " saw it");
            row.put("longitude", -1.25 + i / 7.0);
            row.put("age", (long) i);
            row.put("fee", new BigDecimal(i * 37 - 400).movePointLeft(2).setScale(2));
            row.put("day", LocalDate.of(2026, 1, 31).plusDays(i * 3L));
            row.put(
                    "at",
                    OffsetDateTime.of(2026, 3, 29, 0, 59, 59, 999_999_000, ZoneOffset.UTC)
                            .plusMinutes(i * 17L));
            row.put("code", "c" + i);
        }
        return row;
    }
}
