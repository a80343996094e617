package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.policy.Subject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Only what a user may read is listed; columns are known by what they are, whatever they are called. */
@Tag("server")
class TrinoListingTest {
    private static final String ONLY_STEWARDS = Searches.COLUMNS + "roles: [{ role: stewards }]\n";

    private static GovernedLake lake;

    @BeforeAll
    static void publish() {
        lake = GovernedLake.shared();
        lake.publish(Searches.product(lake, "listed"), Searches.rows(0, 5));
        lake.publish(lake.product("internal", "1.0.0", ONLY_STEWARDS), Searches.rows(0, 5));
    }

    private static List<String> names(Subject subject, String sql) {
        return lake.trino(subject, sql).stream()
                .map(row -> String.valueOf(row.get(0)))
                .filter(name -> name.matches("(listed|internal)_.*|lake|policing|lakemesh"))
                .toList();
    }

    @Test
    void listsWhatIsGranted() {
        for (String tables : List.of(
                "SHOW TABLES FROM lake.policing",
                "SELECT table_name FROM lake.information_schema.tables WHERE table_schema = 'policing' ORDER BY 1",
                "SELECT DISTINCT table_name FROM lake.information_schema.columns WHERE table_schema = 'policing' ORDER BY 1",
                "SELECT table_name FROM system.jdbc.tables WHERE table_cat = 'lake' ORDER BY 1")) {
            assertThat(names(GovernedLake.STEWARD, tables))
                    .as(tables)
                    .containsExactly("internal_searches_v1", "listed_searches_v1");
            assertThat(names(GovernedLake.ANALYST, tables)).as(tables).containsExactly("listed_searches_v1");
        }
        assertThat(names(GovernedLake.ANALYST, "SHOW SCHEMAS FROM lake")).containsExactly("policing");
        assertThat(names(GovernedLake.ANALYST, "SHOW CATALOGS")).containsExactly("lake");
        assertThat(names(GovernedLake.STRANGER, "SHOW CATALOGS")).isEmpty();
        assertThat(names(GovernedLake.STRANGER, "SELECT table_name FROM system.jdbc.tables"))
                .isEmpty();
        lake.assertDenied(GovernedLake.STRANGER, "SHOW SCHEMAS FROM lake", "Access Denied");
        lake.assertDenied(GovernedLake.ANALYST, "SHOW COLUMNS FROM internal_searches_v1", "Access Denied");
    }

    @Test
    void theDriversMetadataListTheSame() throws SQLException {
        assertThat(tables(GovernedLake.STEWARD)).contains("internal_searches_v1", "listed_searches_v1");
        assertThat(tables(GovernedLake.ANALYST)).contains("listed_searches_v1").doesNotContain("internal_searches_v1");
        assertThat(tables(GovernedLake.STRANGER)).isEmpty();
    }

    private static Set<String> tables(Subject subject) throws SQLException {
        try (Connection connection = DriverManager.getConnection(lake.url(), subject.user(), null);
                ResultSet found = connection.getMetaData().getTables("lake", "policing", null, null)) {
            Set<String> names = new TreeSet<>();
            while (found.next()) {
                names.add(found.getString("TABLE_NAME"));
            }
            return names;
        }
    }

    @Test
    void masksAColumnUnderEveryNameAndHidesWhatIsUnknown() {
        Product product = Searches.product(lake, "renamed");
        lake.publish(product, Searches.rows(0, 5));
        try (JdbcCatalog iceberg = lake.iceberg()) {
            iceberg.loadTable(TableIdentifier.of("policing", "renamed_searches_v1"))
                    .updateSchema()
                    .renameColumn("officer", "constable")
                    .addColumn("surprise", Types.StringType.get())
                    .deleteColumn("code")
                    .commit();
            iceberg.loadTable(TableIdentifier.of("policing", "renamed_searches_v1"))
                    .updateSchema()
                    .addColumn("code", Types.StringType.get())
                    .commit();
        }
        lake.push();

        Subject analyst = GovernedLake.ANALYST;
        assertThat(lake.trino(analyst, "SELECT constable FROM renamed_searches_v1 ORDER BY id LIMIT 2"))
                .containsExactly(List.of("***"), List.of("Z***"));
        assertThat(lake.trino(
                        analyst, "SELECT officer FROM renamed_searches_v1 FOR VERSION AS OF 'r1' ORDER BY id LIMIT 2"))
                .containsExactly(List.of("***"), List.of("Z***"));
        assertThat(lake.trino(GovernedLake.STEWARD, "SELECT count(surprise), count(code) FROM renamed_searches_v1"))
                .containsExactly(List.of(0L, 0L));
        assertThat(lake.trino(
                        GovernedLake.STEWARD,
                        "SELECT count(code), count(officer) FROM renamed_searches_v1 FOR VERSION AS OF 'r1'"))
                .as("a name that stood for two columns is nobody's")
                .containsExactly(List.of(0L, 4L));
        assertThat(lake.trino(GovernedLake.STEWARD, "SHOW COLUMNS FROM renamed_searches_v1").stream()
                        .map(row -> String.valueOf(row.get(0)))
                        .collect(Collectors.toList()))
                .containsExactly("id", "force", "constable", "note", "longitude", "age", "fee", "day", "at");
    }

    /** Trino 476 asks twice more for each column that is masked. */
    @Test
    void asksAsOftenWhateverTheNumberOfColumns() {
        String all = "SELECT * FROM listed_searches_v1";
        int masked = 8;
        lake.opa().asked();
        lake.trino(GovernedLake.STEWARD, all);
        assertThat(lake.opa().asked())
                .containsExactlyInAnyOrder(
                        "ExecuteQuery", "AccessCatalog", "SelectFromColumns", "GetRowFilters", "GetColumnMask");
        lake.trino(GovernedLake.OFFICER, all);
        assertThat(lake.opa().asked()).hasSize(5);
        lake.trino(GovernedLake.ANALYST, all);
        assertThat(lake.opa().asked()).hasSize(5 + 2 * masked);
    }
}
