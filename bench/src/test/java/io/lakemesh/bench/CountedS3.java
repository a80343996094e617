package io.lakemesh.bench;

import io.lakemesh.bench.Counters.Kind;
import io.lakemesh.iceberg.S3Clients;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/** Our S3 clients, their requests counted. */
public final class CountedS3 implements S3FileIOAwsClientFactory {
    private static final long serialVersionUID = 1L;

    private final S3Clients real = new S3Clients();

    @Override
    public void initialize(Map<String, String> properties) {
        real.initialize(properties);
    }

    @Override
    public S3Client s3() {
        S3Client client = real.s3();
        return (S3Client) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {S3Client.class}, (proxy, method, arguments) -> {
                    count(method.getName());
                    try {
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void count(String operation) {
        switch (operation) {
            case "headObject" -> Counters.add(Kind.LOOK, 1);
            case "getObject" -> Counters.add(Kind.READ, 1);
            case "putObject" -> Counters.add(Kind.WRITE, 1);
            case "deleteObject", "deleteObjects" -> Counters.add(Kind.DELETE, 1);
            case "listObjectsV2Paginator" -> Counters.add(Kind.LIST, 1);
            case "close", "serviceName", "hashCode", "equals", "toString" -> {}
            default -> throw new IllegalStateException("nobody counts " + operation);
        }
    }

    @Override
    public S3AsyncClient s3Async() {
        return real.s3Async();
    }
}
