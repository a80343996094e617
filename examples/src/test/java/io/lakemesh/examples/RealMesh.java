package io.lakemesh.examples;

import io.lakemesh.MeshConfig;
import io.lakemesh.testkit.server.MinioServer;
import io.lakemesh.testkit.server.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A mesh as teams run one: its catalog in a database of PostgreSQL, its files in a bucket of MinIO. */
public record RealMesh(MeshConfig config, PostgresServer.Database database) {
    /** Sets one up; what {@code mesh.yaml} refers to lies beside it in the folder. */
    public static RealMesh in(Path folder) throws IOException {
        return in(folder, "");
    }

    /** Sets one up, with further sections in its configuration. */
    public static RealMesh in(Path folder, String sections) throws IOException {
        PostgresServer.Database database = PostgresServer.shared().database();
        MinioServer minio = MinioServer.shared();
        Files.writeString(folder.resolve("password"), database.password());
        Files.writeString(folder.resolve("s3-secret"), minio.secretKey());
        Path config = Files.writeString(
                folder.resolve("mesh.yaml"),
                """
                catalog: { uri: "%s", user: %s, password: "${file:password}" }
                warehouse:
                  { location: "s3://%s/tables", endpoint: "%s", region: %s, path-style: true,
                    access-key: %s, secret-key: "${file:s3-secret}" }
                %s
                """
                        .formatted(
                                database.url(),
                                database.user(),
                                minio.bucket(),
                                minio.endpoint(),
                                minio.region(),
                                minio.accessKey(),
                                sections));
        return new RealMesh(MeshConfig.read(config), database);
    }
}
