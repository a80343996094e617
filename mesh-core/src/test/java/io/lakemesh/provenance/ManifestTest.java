package io.lakemesh.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.document.Node;
import io.lakemesh.error.IntegrityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
    private final ObjectStore objects = new ObjectStore(new MapBlobStore());

    @Test
    void readsBackWhatItWrote() {
        Manifest manifest = Manifests.of(2, "aabb", "ccdd");

        assertThat(Manifest.of(objects.get(objects.put(manifest.toNode())))).isEqualTo(manifest);
    }

    @Test
    void inputsOfEarlierVersionsNameNoQuery() {
        Node.Mapping input = (Node.Mapping)
                Manifests.of(1, null, null).toNode().list("inputs").get(0);

        assertThat(input.entries().keySet()).containsExactly("object", "name", "sha256", "bytes", "rows");
    }

    @Test
    void refusesAFormatThatItDoesNotKnow() {
        Node.Mapping newer = with(Manifests.of(1, null, null).toNode(), "format", 2);

        assertThatThrownBy(() -> Manifest.of(newer))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("its format is newer than this version");
    }

    @Test
    void saysWhatIsMissing() {
        Map<String, Node> entries =
                new LinkedHashMap<>(Manifests.of(1, null, null).toNode().entries());
        entries.remove("publisher");

        assertThatThrownBy(() -> Manifest.of(new Node.Mapping(entries, Map.of(), Node.NOWHERE)))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("no text 'publisher'");
    }

    @Test
    void listsOfTextsThatJoinAlikeHaveOtherDigests() {
        assertThat(Digests.of(List.of("ab", "c"))).isNotEqualTo(Digests.of(List.of("a", "bc")));
    }

    private static Node.Mapping with(Node.Mapping mapping, String key, Object value) {
        Map<String, Node> entries = new LinkedHashMap<>(mapping.entries());
        entries.put(key, Node.of(value));
        return new Node.Mapping(entries, Map.of(), Node.NOWHERE);
    }
}
