package io.lakemesh.iceberg;

import io.lakemesh.run.Lakehouse;
import io.lakemesh.testkit.LakehouseContractTest;
import java.nio.file.Path;

class IcebergLakehouseTest extends LakehouseContractTest {
    @Override
    protected Lakehouse open(Path folder) {
        return Embedded.open(folder);
    }
}
