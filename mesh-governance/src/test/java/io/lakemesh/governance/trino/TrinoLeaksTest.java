package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.Product;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.error.MeshException;
import io.lakemesh.policy.Subject;
import io.lakemesh.testkit.server.OpaServer;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What shows more than rows and columns do, and is closed to those who read. */
@Tag("server")
class TrinoLeaksTest {
    private static final Subject ANALYST = GovernedLake.ANALYST;
    private static final String TABLE = "leak_searches_v1";
    /** Times, sizes and shares in plans, which may be any number. */
    private static final String MEASURED = "[0-9.]+(ns|us|ms|s|m|%|k?B)";

    private static final String DENIED = "Access Denied";

    private static GovernedLake lake;

    @BeforeAll
    static void publish() {
        lake = GovernedLake.shared();
        Product product = Searches.product(lake, "leak");
        lake.publish(product, Searches.rows(0, 40));
        lake.publish(
                product,
                RecordSources.of(
                        "more",
                        List.of(
                                Map.of("id", 100L),
                                Map.of("id", 101L),
                                Map.of("id", 102L),
                                Map.of("id", 103L),
                                Map.of("id", 104L, "age", -1L, "note", Searches.SECRET))));
        lake.publish(lake.product("closed", "1.0.0", Searches.COLUMNS), Searches.rows(0, 2));
        lake.mesh().sync();
        lake.push();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "files",
                "partitions",
                "snapshots",
                "history",
                "manifests",
                "all_manifests",
                "refs",
                "properties",
                "entries",
                "all_entries",
                "metadata_log_entries"
            })
    void metadataTablesAreClosed(String suffix) {
        for (Subject reader : List.of(ANALYST, GovernedLake.STEWARD)) {
            lake.assertDenied(reader, "SELECT * FROM \"" + TABLE + "$" + suffix + "\"", DENIED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT \"$path\" FROM " + TABLE,
                "SELECT id FROM " + TABLE + " WHERE \"$partition\" IS NULL",
                "SHOW CREATE TABLE " + TABLE,
                "SHOW CREATE SCHEMA policing",
                "ANALYZE " + TABLE,
                "SELECT * FROM TABLE(lake.system.table_changes(schema_name => 'policing', table_name => '" + TABLE
                        + "', start_snapshot_id => 1, end_snapshot_id => 2))",
                "SELECT * FROM lake.system.iceberg_tables",
                "SELECT query FROM system.runtime.queries",
                "SELECT * FROM system.runtime.tasks",
                "SELECT * FROM system.metadata.table_comments WHERE catalog_name = 'lake'",
                "SELECT * FROM system.metadata.catalogs",
                "SET SESSION AUTHORIZATION stella",
                "SET SESSION lake.statistics_enabled = true",
                "CALL system.runtime.kill_query('x', 'y')"
            })
    void whatShowsMoreIsClosed(String statement) {
        lake.assertDenied(ANALYST, statement, DENIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO " + TABLE + " (id) VALUES (1)",
                "UPDATE " + TABLE + " SET note = 'x'",
                "DELETE FROM " + TABLE,
                "MERGE INTO " + TABLE + " t USING (SELECT 1 AS id) s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "TRUNCATE TABLE " + TABLE,
                "DROP TABLE " + TABLE,
                "ALTER TABLE " + TABLE + " ADD COLUMN x bigint",
                "ALTER TABLE " + TABLE + " RENAME COLUMN note TO x",
                "ALTER TABLE " + TABLE + " EXECUTE optimize",
                "ALTER TABLE " + TABLE + " EXECUTE expire_snapshots",
                "COMMENT ON TABLE " + TABLE + " IS 'x'",
                "CREATE TABLE copy AS SELECT * FROM " + TABLE,
                "CREATE SCHEMA lake.other",
                "CREATE VIEW peek SECURITY DEFINER AS SELECT * FROM " + TABLE,
                "CREATE VIEW peek SECURITY INVOKER AS SELECT * FROM " + TABLE,
                "CREATE MATERIALIZED VIEW peek AS SELECT * FROM " + TABLE,
                "GRANT SELECT ON " + TABLE + " TO eve",
                "CALL lake.system.rollback_to_snapshot('policing', '" + TABLE + "', 1)",
                "CALL lake.system.unregister_table('policing', '" + TABLE + "')",
                "CREATE CATALOG c USING memory",
                "DROP CATALOG lake"
            })
    void nothingIsWritten(String statement) {
        for (Subject reader : List.of(ANALYST, GovernedLake.STEWARD)) {
            lake.assertDenied(reader, statement, DENIED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "policing.leak_searches_v1_quarantine",
                "policing.closed_searches_v1",
                "lakemesh.runs",
                "lakemesh.releases"
            })
    void tablesThatThePolicyDoesNotGrantAreClosed(String table) {
        assertThat(lake.iceberg().tableExists(TableIdentifier.parse(table))).isTrue();
        for (Subject reader : List.of(ANALYST, GovernedLake.STEWARD)) {
            lake.assertDenied(reader, "SELECT count(*) FROM lake." + table, DENIED);
            lake.assertDenied(reader, "SHOW COLUMNS FROM lake." + table, DENIED);
        }
    }

    @Test
    void viewsThatOthersMadeAreClosed() {
        try (JdbcCatalog iceberg = lake.iceberg()) {
            iceberg.buildView(TableIdentifier.of("policing", "peek"))
                    .withSchema(new Schema(Types.NestedField.optional(1, "note", Types.StringType.get())))
                    .withDefaultNamespace(Namespace.of("policing"))
                    .withQuery("trino", "SELECT note FROM lake.policing." + TABLE)
                    .create();
        }
        lake.assertDenied(ANALYST, "SELECT * FROM peek", DENIED);
        assertThat(lake.trino(ANALYST, "SHOW TABLES FROM lake.policing")).doesNotContain(List.of("peek"));
    }

    @Test
    void statisticsAndPlansShowNoValues() {
        for (String asked : List.of(
                "SHOW STATS FOR " + TABLE,
                "SHOW STATS FOR (SELECT * FROM " + TABLE + ")",
                "EXPLAIN SELECT * FROM " + TABLE + " WHERE age > 3",
                "EXPLAIN ANALYZE VERBOSE SELECT * FROM " + TABLE + " WHERE age > 3")) {
            for (Subject reader : List.of(ANALYST, GovernedLake.OFFICER)) {
                String shown = lake.trino(reader, asked).toString().replaceAll(MEASURED, "");
                assertThat(shown).as(asked).doesNotContain(Searches.SECRET, "38.0", "39.0", "104.0");
            }
        }
        assertThat(lake.trino(GovernedLake.STEWARD, "SHOW STATS FOR " + TABLE))
                .allSatisfy(column -> assertThat(column.subList(5, 7)).containsOnlyNulls());
    }

    @Test
    void conditionsSeeWhatTheReaderSees() {
        assertThat(lake.trino(ANALYST, "SELECT id FROM " + TABLE + " WHERE note = '" + Searches.SECRET + " saw it'"))
                .isEmpty();
        assertThat(lake.trino(ANALYST, "SELECT id FROM " + TABLE + " WHERE officer LIKE '" + Searches.SECRET + "%'"))
                .isEmpty();
        assertThat(lake.trino(ANALYST, "SELECT count(DISTINCT note), min(age), max(officer) FROM " + TABLE))
                .containsExactly(List.of(0L, 10L, "Z***"));
        assertThat(lake.trino(ANALYST, "SELECT count(*) FROM " + TABLE + " a JOIN " + TABLE + " b ON a.note = b.note"))
                .containsExactly(List.of(0L));
    }

    /** An error would tell an officer of essex about a search of kent. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 / (id - 25) IS NOT NULL",
                "1 / (id - 25) IN (SELECT id FROM " + TABLE + ")",
                "CAST(if(force = 'kent', note, '1') AS bigint) = 1",
                "force = 'essex' OR CAST(note AS bigint) = 1"
            })
    void conditionsAreNotTriedOnRowsThatAreHidden(String condition) {
        String asked = "SELECT count(*) FROM " + TABLE + " WHERE " + condition;
        assertThat(lake.trino(GovernedLake.OFFICER, asked)).hasSize(1);
        assertThatThrownBy(() -> lake.trino(GovernedLake.STEWARD, asked))
                .isInstanceOf(MeshException.class)
                .hasMessageMatching("(?s).*(Division by zero|Cannot cast '" + Searches.SECRET + ").*");
    }

    @Test
    void nothingIsReadWhileOpaIsGoneOrKnowsNothing() {
        String sql = "SELECT count(*) FROM " + TABLE;
        lake.opa().gone(() -> assertFails(sql));
        for (String answer : List.of("{}", "{\"result\": null}", "[]", "no json", "{\"result\": \"true\"}")) {
            lake.opa().answering(answer, () -> assertFails(sql));
        }
        try (OpaServer empty = OpaServer.start()) {
            lake.opa().instead(empty.url(), () -> {
                assertFails(sql);
                assertFails("SHOW CATALOGS");
            });
        }
        assertThat(lake.trino(ANALYST, sql)).containsExactly(List.of(44L));
    }

    /** Why each of our answers is total: see the tests of our Rego. */
    @Test
    void trinoTakesAnUndefinedFilterForNoneAndAMaskThatIsNotThere() {
        String rows = "SELECT count(*) FROM " + TABLE;
        lake.opa().answering("GetRowFilters", "{}", () -> assertThat(lake.trino(GovernedLake.OFFICER, rows))
                .isEqualTo(lake.trino(GovernedLake.STEWARD, rows)));
        String notes = "SELECT count(note) FROM " + TABLE;
        lake.opa().answering("GetColumnMask", "{}", () -> assertFails(notes));
        lake.opa().answering("GetColumnMask", "{\"result\": []}", () -> assertThat(lake.trino(ANALYST, notes))
                .isEqualTo(lake.trino(GovernedLake.STEWARD, notes)));
        assertThat(lake.trino(GovernedLake.OFFICER, rows)).isNotEqualTo(lake.trino(GovernedLake.STEWARD, rows));
        assertThat(lake.trino(ANALYST, notes)).containsExactly(List.of(0L));
    }

    private static void assertFails(String sql) {
        assertThatThrownBy(() -> lake.trino(ANALYST, sql)).isInstanceOf(MeshException.class);
    }
}
