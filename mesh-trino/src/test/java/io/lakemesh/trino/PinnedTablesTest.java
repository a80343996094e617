package io.lakemesh.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.batch.QueryEvidence.TableRead;
import io.lakemesh.error.ConflictException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PinnedTablesTest {
    @Test
    void areThePlansScansOfIcebergTablesOnce() {
        String plan =
                """
                "table" : "pg:public.towns cat.public.towns columns=[town:varchar]"
                "table" : "lake:retail.shop_v1$data@42 constraint on [id]"
                "table" : "lake:retail.shop_v1$data@42"
                "table" : "lake:retail.shop_v1$data@7"
                "details" : "\\"table\\" : \\"lake:retail.made_up$data@9\\""
                "table" : "lake:retail.shop_v1$files"
                """;

        assertThat(PinnedTables.ofPlan(plan))
                .containsExactly(new TableRead("lake.retail.shop_v1", 7), new TableRead("lake.retail.shop_v1", 42));
    }

    @Test
    void thatMovedAreAConflict() {
        List<TableRead> before = List.of(new TableRead("lake.retail.shop_v1", 7));

        PinnedTables.requireSame(before, before, "trino query x");
        assertThatThrownBy(() -> PinnedTables.requireSame(
                        before, List.of(new TableRead("lake.retail.shop_v1", 8)), "trino query x"))
                .isInstanceOf(ConflictException.class)
                .hasMessage("Cannot read trino query x: a table that it reads has changed meanwhile;"
                        + " run it again, or name the releases to read (FOR VERSION AS OF 'r1')");
    }
}
