package io.lakemesh.trino;

import io.lakemesh.error.InvalidInputException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where Trino is and as whom it is asked. Shows neither user nor password, and of the URL no more than host and port. */
final class TrinoAccess {
    private static final Pattern URL = Pattern.compile("jdbc:trino://([^/?]+).*");
    private static final String EXPECTED = "expected jdbc:trino://host:port/catalog";

    private final String url;
    private final String host;
    private final Properties properties = new Properties();

    private TrinoAccess(String url, String host) {
        this.url = url;
        this.host = host;
    }

    static TrinoAccess of(Map<String, String> settings) {
        String url = settings.get("url");
        if (url == null) {
            throw new InvalidInputException("Cannot ask Trino: mesh.yaml has no trino.url; " + EXPECTED);
        }
        Matcher matcher = URL.matcher(url);
        if (!matcher.matches()) {
            throw new InvalidInputException("Invalid trino.url: " + EXPECTED);
        }
        TrinoAccess access = new TrinoAccess(url, matcher.group(1));
        access.properties.put("source", "lakemesh");
        if (!url.contains("user=")) {
            access.properties.put("user", settings.getOrDefault("user", System.getProperty("user.name", "unknown")));
        }
        if (settings.containsKey("password")) {
            access.properties.put("password", settings.get("password"));
        }
        return access;
    }

    /** Sends nothing yet. */
    Connection connect() {
        try {
            return DriverManager.getConnection(url, properties);
        } catch (SQLException e) {
            throw new InvalidInputException("Cannot ask Trino at " + host + ": " + reason(e) + " (trino in mesh.yaml)");
        }
    }

    /** What the driver says against the settings, unless it quotes them. */
    private String reason(SQLException refusal) {
        String message = String.valueOf(refusal.getMessage());
        return message.contains(url) ? "the URL is wrong, " + EXPECTED : message;
    }

    @Override
    public String toString() {
        return "Trino at " + host;
    }
}
