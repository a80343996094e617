package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.UnavailableException;
import io.lakemesh.health.Examination;
import io.lakemesh.health.Finding;
import io.lakemesh.health.HealthCheck;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.iceberg.jdbc.UncheckedSQLException;

/** Looks at the catalog: signs in, reads its clock, makes a namespace and drops it, and tries whether it keeps releases. */
public final class CatalogHealth implements HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Override
    public List<Finding> check(Map<String, Map<String, String>> sections) {
        Map<String, String> entries = sections.getOrDefault("catalog", Map.of());
        CatalogSettings settings = new CatalogSettings(entries, sections.getOrDefault("warehouse", Map.of()));
        Optional<Path> missing = settings.missing();
        if (missing.isPresent()) {
            return List.of(Examination.find("catalog", () -> NotYet.describe(missing.get())));
        }
        Examination examination = new Examination("catalog");
        if (settings.isJdbc()) {
            examination.step("sign-in", () -> Failures.reaching(() -> signIn(settings)));
        } else {
            examination.step("reach", () -> "it answers, " + answer(settings).statusCode());
        }
        if (!settings.isEmbedded()) {
            examination.clock(
                    () -> settings.isJdbc() ? Optional.of(Failures.reaching(() -> now(settings))) : date(settings));
        }
        examination.step("permission", () -> Failures.reaching(() -> makeNamespace(settings)));
        if (!settings.isJdbc()) {
            examination.step("releases", () -> Failures.reaching(() -> keep(settings)));
        }
        return examination.findings();
    }

    private static String signIn(CatalogSettings settings) {
        try (Connection connection = connect(settings)) {
            DatabaseMetaData database = connection.getMetaData();
            return database.getDatabaseProductName() + " " + database.getDatabaseProductVersion();
        } catch (SQLException e) {
            throw new UncheckedSQLException(e, "Cannot sign in");
        }
    }

    private static Connection connect(CatalogSettings settings) throws SQLException {
        settings.requireDriver();
        return DriverManager.getConnection(settings.uri(), settings.jdbcConnection());
    }

    private static Instant now(CatalogSettings settings) {
        try (Connection connection = connect(settings);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT CURRENT_TIMESTAMP")) {
            rows.next();
            return rows.getTimestamp(1).toInstant();
        } catch (SQLException e) {
            throw new UncheckedSQLException(e, "Cannot read the clock");
        }
    }

    private static Optional<Instant> date(CatalogSettings settings) {
        return answer(settings).headers().firstValue("Date").map(text -> ZonedDateTime.parse(
                        text, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant());
    }

    private static HttpResponse<Void> answer(CatalogSettings settings) {
        HttpClient.Builder client = HttpClient.newBuilder().connectTimeout(PATIENCE);
        settings.authority().map(Path::of).map(PrivateAuthority::context).ifPresent(client::sslContext);
        try {
            URI uri = URI.create(settings.uri().replaceAll("/+$", "") + "/v1/config");
            return client.build()
                    .send(
                            HttpRequest.newBuilder(uri).timeout(PATIENCE).build(),
                            HttpResponse.BodyHandlers.discarding());
        } catch (IOException | IllegalArgumentException e) {
            throw new UnavailableException(
                    "Cannot reach the catalog: is its server running, and is catalog.uri right?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("Cannot reach the catalog: interrupted", e);
        }
    }

    private static String keep(CatalogSettings settings) {
        using(settings, IcebergCatalog::requireKeeping);
        return "keeps tags and earlier snapshots";
    }

    private static String makeNamespace(CatalogSettings settings) {
        String name = "lakemesh_doctor_" + UUID.randomUUID().toString().replace("-", "");
        using(settings, catalog -> {
            catalog.ensureNamespace(name);
            catalog.tables(name);
            catalog.find(new TableName(name, "none"));
            catalog.dropNamespace(name);
        });
        return "may make and drop a namespace";
    }

    private static void using(CatalogSettings settings, Consumer<IcebergCatalog> action) {
        try (IcebergCatalog catalog = new IcebergCatalog(settings)) {
            action.accept(catalog);
        } catch (IOException e) {
            throw new UnavailableException("Cannot close the catalog", e);
        }
    }
}
