package io.lakemesh.governance.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.Product;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.governance.opa.OpaDecisionLog;
import io.lakemesh.schema.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a real Trino's readers were shown is in the audit, from the log of a real Open Policy Agent. */
@Tag("server")
class AuditedTrinoTest {
    private static GovernedLake lake;
    private static Product product;

    @BeforeAll
    static void publish() {
        lake = GovernedLake.shared();
        product = Searches.product(lake, "audited");
        lake.publish(product, Searches.rows(0, 40));
    }

    private static List<AuditRecord> decisions() {
        return OpaDecisionLog.read(lake.opaLog(), table -> Optional.of(product.address())
                .filter(address -> table.name().equals("audited_searches_v1")));
    }

    @Test
    void eachReadOfTrinoIsThereOnceWithWhatItWasShown() {
        assertThat(lake.trino(GovernedLake.OFFICER, "SELECT id FROM audited_searches_v1"))
                .isNotEmpty();
        lake.assertDenied(GovernedLake.STRANGER, "SELECT id FROM audited_searches_v1", "Access Denied");

        long added = lake.mesh().audit().add(decisions());

        assertThat(added).isPositive();
        assertThat(lake.mesh().audit().add(decisions())).isZero();
        assertThat(lake.mesh().audit().verify(null).problem()).isNull();
        ProductAddress address = product.address();
        List<Row> officer =
                lake.mesh().audit().records(new AuditQuery(address, GovernedLake.OFFICER.user(), null, 100));
        assertThat(officer).extracting(row -> row.get("action")).containsOnly("query");
        assertThat(officer).extracting(row -> row.get("decision")).containsOnly("granted");
        assertThat(officer).extracting(row -> row.get("column_names")).anyMatch(columns -> String.valueOf(columns)
                .contains("\"id\""));
        assertThat(officer).extracting(row -> row.get("purposes")).containsOnly("[\"operations\"]");
        assertThat(officer)
                .extracting(row -> String.valueOf(row.get("row_filter")))
                .anyMatch(filter -> filter.contains("'essex'"));
        assertThat(lake.mesh().audit().records(new AuditQuery(address, GovernedLake.STRANGER.user(), null, 100)))
                .isNotEmpty()
                .extracting(row -> row.get("decision"))
                .containsOnly("denied");
    }
}
