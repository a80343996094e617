package io.lakemesh.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.error.IntegrityException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReleasesTest {
    private final MapBlobStore blobs = new MapBlobStore();
    private final Releases releases = new Releases(Manifests.ADDRESS, blobs);

    @Test
    void findsEveryReleaseByItsNumberWithoutAnIndex() {
        String head = chain(5);

        assertThat(releases.manifest(releases.find(2, head).orElseThrow()).release())
                .isEqualTo(2);
        assertThat(releases.find(6, head)).isEmpty();
    }

    @Test
    void healsTheIndexAndTheRunLogThatABrokenOffRunLeftOut() {
        String head = chain(5);
        releases.heal(head);

        assertThat(releases.run("run-3").orElseThrow().release()).isEqualTo(3);
        assertThat(releases.runs())
                .extracting(RunRecord::runId)
                .containsExactly("run-1", "run-2", "run-3", "run-4", "run-5");
    }

    @Test
    void readsNothingOfTheHistoryThatIsIndexedAlready() {
        String head = chain(200);
        releases.heal(head);
        blobs.reads = 0;

        releases.heal(head);
        releases.find(3, head);

        assertThat(blobs.reads).isLessThan(6);
    }

    @Test
    void noticesAChangedByteOfAManifest() {
        String head = chain(2);
        String path = ObjectStore.path(head);
        byte[] content = blobs.get(path).orElseThrow();
        content[content.length / 2] ^= 1;
        blobs.put(path, content);

        assertThatThrownBy(() -> releases.manifest(head))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining(path)
                .hasMessageContaining("was changed after it was written");
    }

    @Test
    void refusesTheManifestOfAnotherProduct() {
        String head = chain(1);
        Releases other = new Releases(new ProductAddress("policing", "other"), blobs);

        assertThatThrownBy(() -> other.manifest(head))
                .isInstanceOf(IntegrityException.class)
                .hasMessageContaining("it is of policing/stops & searches, not of policing/other");
    }

    @Test
    void keysOfProductsAreSafePathsAndNeverShared() {
        List<String> keys = List.of(
                Releases.key(new ProductAddress("a.b", "c")),
                Releases.key(new ProductAddress("a", "b.c")),
                Releases.key(new ProductAddress("a", "../../b c")),
                Releases.key(new ProductAddress("a", "x".repeat(500))));

        assertThat(keys).doesNotHaveDuplicates().allMatch(key -> key.matches("[a-z0-9._-]{1,100}"));
    }

    /** A chain of releases; gives the newest manifest's digest. */
    private String chain(long length) {
        String previous = null;
        for (long release = 1; release <= length; release++) {
            previous =
                    releases.objects().put(Manifests.of(release, previous, null).toNode());
        }
        assertThat(previous).isNotNull();
        assertThat(new String(blobs.get(ObjectStore.path(previous)).orElseThrow(), StandardCharsets.UTF_8))
                .contains("\"release\": " + length);
        return previous;
    }
}
