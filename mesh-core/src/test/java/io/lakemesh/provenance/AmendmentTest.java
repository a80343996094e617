package io.lakemesh.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendmentTest {
    private static final Amendment AMENDMENT = new Amendment(
            Manifests.ADDRESS,
            new TableName("policing", "stops_v1"),
            Amendment.Kind.COMPACTION,
            Instant.parse("2026-01-31T10:15:30.123456Z"),
            "steward",
            List.of(new Amendment.Moved(7, 680612815751184201L, 12)),
            List.of(1L, 2L),
            List.of(new FileEvidence(FileEvidence.Kind.DELETE, "s3://b/old.parquet", 5, "")),
            List.of(new FileEvidence(FileEvidence.Kind.DATA, "s3://b/new.parquet", 9, "aa")),
            List.of(new Amendment.Erased(7, 3, 1)),
            "CASE-17",
            "ccdd");

    private final ObjectStore objects = new ObjectStore(new MapBlobStore());

    @Test
    void readsBackWhatItWrote() {
        assertThat(Amendment.of(objects.get(objects.put(AMENDMENT.toNode())))).isEqualTo(AMENDMENT);
    }

    @Test
    void refusesWhatThisVersionDoesNotKnow() {
        assertThatThrownBy(() -> Amendment.of(with("kind", "magic")))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("this version knows no kind magic");
        assertThatThrownBy(() -> Amendment.of(with("format", 2)))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("its format is newer than this version");
    }

    private Node.Mapping with(String key, Object value) {
        var changed = Node.mapping();
        AMENDMENT.toNode().entries().forEach(changed::put);
        changed.put(key, value);
        return objects.get(objects.put(changed.build()));
    }
}
