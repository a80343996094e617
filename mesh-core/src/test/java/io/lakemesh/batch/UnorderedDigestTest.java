package io.lakemesh.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnorderedDigestTest {
    private static final Map<String, Object> ONE = Map.of("id", 1L, "town", "Bath");
    private static final Map<String, Object> OTHER = Map.of("id", 2L, "town", "York");

    @Test
    void isTheSameForTheSameRecordsInAnyOrder() {
        assertThat(of(ONE, OTHER)).isEqualTo(of(OTHER, ONE)).hasSize(64);
    }

    @Test
    void countsRecordsAndTheirValues() {
        assertThat(List.of(of(), of(ONE), of(ONE, ONE), of(ONE, OTHER), of(OTHER, OTHER)))
                .doesNotHaveDuplicates();
        assertThat(of(Map.of("id", 1L, "town", "York"), Map.of("id", 2L, "town", "Bath")))
                .isNotEqualTo(of(ONE, OTHER));
    }

    @Test
    void canBeAskedBetweenRecords() {
        UnorderedDigest digest = new UnorderedDigest();
        digest.add(ONE);
        assertThat(digest.hex()).isEqualTo(of(ONE));
        digest.add(OTHER);

        assertThat(digest.hex()).isEqualTo(of(ONE, OTHER));
        assertThat(digest.records()).isEqualTo(2);
        assertThat(digest.bytes()).isEqualTo("{\"id\":1,\"town\":\"Bath\"}\n".length() * 2L);
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static String of(Map<String, Object>... records) {
        UnorderedDigest digest = new UnorderedDigest();
        Arrays.stream(records).forEach(digest::add);
        return digest.hex();
    }
}
