package io.lakemesh.iceberg;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.testkit.LakehouseContractTest;
import java.nio.file.Path;
import java.util.Map;

class IcebergLakehouseTest extends LakehouseContractTest {
    @Override
    protected Lakehouse open(Path folder) {
        return IcebergLakehouse.open(
                "jdbc:sqlite:" + folder.resolve("catalog.db"),
                folder.resolve("warehouse").toString(),
                Map.of());
    }
}
