package io.lakemesh.iceberg;

import io.lakemesh.iceberg.Surroundings.Catalogs;
import io.lakemesh.iceberg.Surroundings.Storage;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.testkit.LakehouseContractTest;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract of a lakehouse on real storage and catalogs: the matrix of docs/reference/storage-and-catalogs.md. */
@Tag("server")
class StorageAndCatalogTest {
    @TestInstance(Lifecycle.PER_CLASS)
    abstract static class Combination extends LakehouseContractTest {
        private final Surroundings surroundings;

        Combination(Storage storage, Catalogs catalogs) {
            this.surroundings = new Surroundings(storage, catalogs);
        }

        @Override
        protected Lakehouse open(Path folder) {
            return IcebergLakehouse.open(surroundings.of(folder), IcebergCatalog::new);
        }

        @AfterAll
        void stop() {
            surroundings.close();
        }
    }

    @Nested
    class LocalFilesAndPostgres extends Combination {
        LocalFilesAndPostgres() {
            super(Storage.LOCAL, Catalogs.POSTGRES);
        }
    }

    @Nested
    class LocalFilesAndRest extends Combination {
        LocalFilesAndRest() {
            super(Storage.LOCAL, Catalogs.REST);
        }
    }

    @Nested
    class MinioAndPostgres extends Combination {
        MinioAndPostgres() {
            super(Storage.MINIO, Catalogs.POSTGRES);
        }
    }

    @Nested
    class MinioAndRest extends Combination {
        MinioAndRest() {
            super(Storage.MINIO, Catalogs.REST);
        }
    }

    @Nested
    class MinioThroughS3aAndPostgres extends Combination {
        MinioThroughS3aAndPostgres() {
            super(Storage.MINIO_S3A, Catalogs.POSTGRES);
        }
    }
}
