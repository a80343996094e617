package io.lakemesh.trino;

import io.lakemesh.error.MeshException;
import io.lakemesh.health.Examination;
import io.lakemesh.health.Finding;
import io.lakemesh.health.HealthCheck;
import io.lakemesh.run.Query;
import io.lakemesh.schema.Row;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at Trino: signs in, reads its version and its clock by a query. */
public final class TrinoHealth implements HealthCheck {
    private static final String SECTION = "trino";

    @Override
    public List<Finding> check(Map<String, Map<String, String>> sections) {
        Map<String, String> settings = sections.get(SECTION);
        if (settings == null) {
            return List.of();
        }
        return new Examination(SECTION)
                .step("query", () -> "Trino " + answer(settings, "SELECT version()"))
                .clock(() ->
                        Optional.of(((OffsetDateTime) answer(settings, "SELECT current_timestamp(6)")).toInstant()))
                .findings();
    }

    private static Object answer(Map<String, String> settings, String sql) {
        try (Query query = new TrinoQueryEngine().query(settings, sql)) {
            Row row = query.next();
            Object value = row == null ? null : row.get(0);
            if (value == null) {
                throw new MeshException("It gives no answer to " + sql);
            }
            return value;
        }
    }
}
