package io.lakemesh.iceberg;

import io.lakemesh.error.InvalidInputException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.CatalogProperties;

/** Which catalogs and warehouses can be used with what is on the class path. */
final class Endpoints {
    // one letter is a Windows drive
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):/.*", Pattern.DOTALL);
    private static final Pattern DATABASE = Pattern.compile("jdbc:[A-Za-z0-9+.-]+:");
    private static final Pattern USER = Pattern.compile("//[^/]*@");

    private Endpoints() {}

    static void requireSupported(String catalogUri, String warehouse, Map<String, String> properties) {
        requireDriver(catalogUri);
        if (!properties.containsKey(CatalogProperties.FILE_IO_IMPL)) {
            requireLocal(warehouse);
        }
    }

    private static void requireLocal(String warehouse) {
        Matcher scheme = SCHEME.matcher(warehouse);
        if (scheme.matches() && !scheme.group(1).equalsIgnoreCase("file")) {
            throw new InvalidInputException("Cannot use warehouse "
                    + USER.matcher(warehouse).replaceFirst("//")
                    + ": this version writes to local folders only; give a path or a file: URI");
        }
    }

    /** The URI may hold a password: no more of it is shown than the kind of database. */
    private static void requireDriver(String catalogUri) {
        try {
            DriverManager.getDriver(catalogUri);
        } catch (SQLException e) {
            Matcher database = DATABASE.matcher(catalogUri);
            throw new InvalidInputException(
                    "Cannot use the catalog"
                            + (database.lookingAt() ? " " + database.group() + "..." : "")
                            + ": no JDBC driver on the class path takes its URI; expected jdbc:sqlite:FILE, or a driver for it",
                    e);
        }
    }
}
