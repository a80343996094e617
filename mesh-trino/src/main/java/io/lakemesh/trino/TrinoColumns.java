package io.lakemesh.trino;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.TableSchema;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The columns of an answer. */
final class TrinoColumns {
    private TrinoColumns() {}

    static TableSchema of(ResultSetMetaData answer) throws SQLException {
        List<Field> fields = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= answer.getColumnCount(); i++) {
            fields.add(field(unique(answer.getColumnLabel(i), taken), answer.getColumnTypeName(i)));
        }
        return new TableSchema(fields, List.of());
    }

    /** {@code id}, {@code id_2}, {@code id_3}: a table has no column twice. */
    private static String unique(String label, Set<String> taken) {
        String name = label;
        for (int i = 2; !taken.add(name.toLowerCase(Locale.ROOT)); i++) {
            name = label + "_" + i;
        }
        return name;
    }

    private static Field field(String name, String type) {
        return TrinoTypes.column(type)
                .map(found -> Field.optional(Field.UNASSIGNED, name, found))
                .orElseThrow(() -> new InvalidInputException(
                        "Cannot read column " + name + " of the query: Trino's driver" + " does not hand out values of "
                                + type + " exactly; cast it in the query, for example to varchar"));
    }
}
