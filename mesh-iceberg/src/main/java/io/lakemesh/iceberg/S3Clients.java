package io.lakemesh.iceberg;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.TrustManager;
import org.apache.iceberg.aws.AwsClientProperties;
import org.apache.iceberg.aws.HttpClientProperties;
import org.apache.iceberg.aws.s3.S3FileIOAwsClientFactory;
import org.apache.iceberg.aws.s3.S3FileIOProperties;
import org.apache.iceberg.util.PropertyUtil;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Clients of S3-compatible storage for Iceberg's S3FileIO, which makes one of these by its name: over the JDK's HTTP client, with
 * time limits, and with a certificate authority of one's own.
 */
public final class S3Clients implements S3FileIOAwsClientFactory {
    private static final long serialVersionUID = 1L;

    private static final int ATTEMPT_MILLIS = 30_000;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final String AUTHORITY = "lakemesh.s3.ca";
    private static final Map<String, String> NAMES = Map.of(
            "endpoint", S3FileIOProperties.ENDPOINT,
            "path-style", S3FileIOProperties.PATH_STYLE_ACCESS,
            "access-key", S3FileIOProperties.ACCESS_KEY_ID,
            "secret-key", S3FileIOProperties.SECRET_ACCESS_KEY,
            "session-token", S3FileIOProperties.SESSION_TOKEN,
            "region", AwsClientProperties.CLIENT_REGION,
            "ca", AUTHORITY);

    private Map<String, String> properties = Map.of();

    /** Made by Iceberg, by reflection. */
    public S3Clients() {}

    /** The entries of {@code warehouse} as Iceberg's properties. */
    static Map<String, String> properties(Map<String, String> warehouse) {
        Map<String, String> properties = new HashMap<>();
        NAMES.forEach((ours, icebergs) -> {
            String value = warehouse.get(ours);
            if (value != null) {
                properties.put(icebergs, value);
            }
        });
        properties.put(S3FileIOProperties.CLIENT_FACTORY, S3Clients.class.getName());
        return properties;
    }

    @Override
    public void initialize(Map<String, String> given) {
        this.properties = Map.copyOf(given);
    }

    @Override
    public S3Client s3() {
        AwsClientProperties client = new AwsClientProperties(properties);
        S3FileIOProperties files = new S3FileIOProperties(properties);
        return S3Client.builder()
                .applyMutation(client::applyClientRegionConfiguration)
                .applyMutation(files::applyEndpointConfigurations)
                .applyMutation(files::applyServiceConfigurations)
                .applyMutation(builder -> files.applyCredentialConfigurations(client, builder))
                .httpClientBuilder(http())
                .overrideConfiguration(limits -> limits.apiCallTimeout(call()).apiCallAttemptTimeout(attempt()))
                .build();
    }

    private Duration attempt() {
        return Duration.ofMillis(PropertyUtil.propertyAsInt(
                properties, HttpClientProperties.URLCONNECTION_SOCKET_TIMEOUT_MS, ATTEMPT_MILLIS));
    }

    /** Bounds what one call may take with all of its retries; the SDK's default is for ever. */
    private Duration call() {
        return attempt().multipliedBy(2);
    }

    @Override
    public S3AsyncClient s3Async() {
        throw new UnsupportedOperationException("Cannot read S3 asynchronously: switch s3.analytics-accelerator off");
    }

    private UrlConnectionHttpClient.Builder http() {
        UrlConnectionHttpClient.Builder builder =
                UrlConnectionHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(attempt());
        String authority = properties.get(AUTHORITY);
        if (authority != null) {
            TrustManager[] trusted = PrivateAuthority.trust(Path.of(authority));
            builder.tlsTrustManagersProvider(() -> trusted);
        }
        return builder;
    }
}
