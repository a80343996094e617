package io.lakemesh.iceberg.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.MeshConfig;
import io.lakemesh.audit.Action;
import io.lakemesh.audit.AuditLog;
import io.lakemesh.audit.AuditQuery;
import io.lakemesh.audit.AuditRecord;
import io.lakemesh.audit.AuditVerification;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import io.lakemesh.iceberg.OwnTables;
import io.lakemesh.policy.Subject;
import io.lakemesh.provenance.Digests;
import io.lakemesh.run.MeshTable;
import io.lakemesh.schema.DataType.Primitive;
import io.lakemesh.schema.Field;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audits that other versions of Lakemesh made, with fewer columns and with more. */
class AuditVersionsTest {
    private static final String TABLE = "audit";
    private static final List<String> CHAIN = List.of("sequence", "previous_hash", "hash");
    private static final Map<String, Object> NONE = Map.of();

    @TempDir
    Path folder;

    private MeshConfig config;

    @BeforeEach
    void configure() {
        config = MeshConfig.embedded(folder);
    }

    /** An earlier version's table: its records had no reference. */
    private void writeEarlier() {
        List<Field> columns = new ArrayList<>(AuditLog.SCHEMA.fields());
        columns.removeIf(column -> column.name().equals("reference"));
        write(columns, NONE);
    }

    /** A later version's table: its records have more texts, behind those that are known. */
    private void writeLater(Primitive type, Object value) {
        List<Field> columns = new ArrayList<>(AuditLog.SCHEMA.fields());
        columns.add(columns.size() - 2, Field.optional(Field.UNASSIGNED, "device", type));
        write(columns, Map.of("device", value));
    }

    /** Two records, chained as decision 13 says. */
    private void write(List<Field> columns, Map<String, Object> more) {
        List<Row> rows = new ArrayList<>();
        String hash = "0".repeat(64);
        for (String user : List.of("a", "b")) {
            Map<String, @Nullable Object> row = new LinkedHashMap<>();
            columns.forEach(column -> row.put(column.name(), more.get(column.name())));
            row.put("id", "id-" + user);
            row.put("decided_at", OffsetDateTime.parse("2026-01-31T12:00:00.000001Z"));
            row.put("user_name", user);
            row.put("release", 7L);
            row.put("sequence", rows.size() + 1L);
            row.put("previous_hash", hash);
            hash = hash(row);
            row.put("hash", hash);
            rows.add(new Row(List.copyOf(row.keySet()), new ArrayList<>(row.values())));
        }
        try (Shop shop = new Shop(folder, config)) {
            MeshTable.Definition definition = new MeshTable.Definition(
                    new TableName(TableNames.OWN_NAMESPACE, TABLE),
                    "Of another version",
                    new TableSchema(columns, List.of()),
                    MeshTable.OtherColumns.KEPT);
            assertThat(shop.mesh().lakehouse().open(definition).append(rows, "{\"count\":2,\"hash\":\"" + hash + "\"}"))
                    .isTrue();
        }
    }

    private static String hash(Map<String, @Nullable Object> row) {
        List<String> parts = new ArrayList<>(List.of(
                "lakemesh.audit/1", String.valueOf(row.get("sequence")), String.valueOf(row.get("previous_hash"))));
        row.forEach((name, value) -> {
            if (value != null && !CHAIN.contains(name)) {
                parts.add(name);
                parts.add(
                        value instanceof OffsetDateTime time ? time.toInstant().toString() : value.toString());
            }
        });
        return Digests.of(parts);
    }

    private void append(String user, String reference) {
        try (Shop shop = new Shop(folder, config)) {
            shop.mesh()
                    .audit()
                    .append(AuditRecord.granted(Action.READ)
                            .subject(Subject.of(user))
                            .reference(reference));
        }
    }

    private AuditVerification verify(@Nullable String noted) {
        try (Shop shop = new Shop(folder, config)) {
            return shop.mesh().audit().verify(noted);
        }
    }

    private List<Row> records(@Nullable String user) {
        try (Shop shop = new Shop(folder, config)) {
            return shop.mesh().audit().records(new AuditQuery(null, user, null, 10));
        }
    }

    private void assertChanged(int record, String column, Object value) {
        OwnTables.change(config, TABLE, rows -> {
            List<Record> changed = new ArrayList<>(rows);
            Record copy = rows.get(record - 1).copy();
            copy.setField(column, value);
            changed.set(record - 1, copy);
            return changed;
        });
        assertThat(verify(null).problem()).matches("record " + record + " .* was changed: it does not fit its hash");
    }

    @Test
    void anEarlierTableHoldsAndGetsTheColumnsThatItLacks() {
        writeEarlier();
        AuditVerification before = verify(null);
        assertThat(before).matches(AuditVerification::holds).matches(found -> found.count() == 2);
        assertThat(records("b")).singleElement().satisfies(row -> assertThat(row.get("reference"))
                .isNull());

        append("c", "case-1");

        assertThat(verify(before.head())).matches(AuditVerification::holds).matches(found -> found.count() == 3);
        assertThat(OwnTables.rows(config, TABLE, "user_name", "release", "reference"))
                .containsExactly("a 7 null", "b 7 null", "c null case-1");
        assertThat(records(null)).extracting(row -> row.get("reference")).containsExactly("case-1", null, null);
        assertThat(records("c").get(0).names())
                .isEqualTo(AuditLog.SCHEMA.fields().stream().map(Field::name).toList());
        assertChanged(1, "reference", "case-1");
    }

    @Test
    void aLaterTableHoldsAndKeepsWhatIsUnknownHere() {
        writeLater(Primitive.STRING, "phone");
        assertThat(verify(null)).matches(AuditVerification::holds).matches(found -> found.count() == 2);

        append("c", "case-1");

        assertThat(verify(null)).matches(AuditVerification::holds).matches(found -> found.count() == 3);
        assertThat(OwnTables.rows(config, TABLE, "user_name", "reference", "device"))
                .containsExactly("a null phone", "b null phone", "c case-1 null");
        assertThat(records("a")).singleElement().satisfies(row -> assertThat(row.get("release"))
                .isEqualTo(7L));
        assertChanged(2, "device", "desk");
    }

    @Test
    void aTextOfAColumnThatIsUnknownHereCountsWhereverItCameFrom() {
        writeLater(Primitive.LONG, 12L);
        append("c", "case-1");
        assertThat(verify(null).holds()).isTrue();
        assertChanged(3, "device", 12L);
    }

    @Test
    void whatCannotBeCheckedIsSaidAndNotTakenForChanged() {
        writeLater(Primitive.DOUBLE, 1.5);
        assertThat(verify(null).problem())
                .isEqualTo("column device is of a kind that this version of Lakemesh cannot check: use the version that"
                        + " made it");
        assertThat(records(null)).hasSize(2);
    }
}
