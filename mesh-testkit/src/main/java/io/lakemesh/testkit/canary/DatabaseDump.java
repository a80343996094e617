package io.lakemesh.testkit.canary;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Every value of every table of a database, as text. */
final class DatabaseDump {
    private DatabaseDump() {}

    static boolean anyMatch(Connection database, Predicate<String> found) throws SQLException {
        for (String table : tables(database)) {
            if (found.test(table) || anyRow(database, table, found)) {
                return true;
            }
        }
        return false;
    }

    private static List<String> tables(Connection database) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet tables = database.getMetaData().getTables(null, null, "%", new String[] {"TABLE"})) {
            while (tables.next()) {
                names.add('"' + tables.getString("TABLE_NAME") + '"');
            }
        }
        return names;
    }

    private static boolean anyRow(Connection database, String table, Predicate<String> found) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            while (rows.next()) {
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    String value = rows.getString(i);
                    if (value != null && found.test(value)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }
}
