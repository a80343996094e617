package io.lakemesh.iceberg.mesh;

import static io.lakemesh.testkit.canary.CanaryProduct.TRACES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.lakemesh.MeshConfig;
import io.lakemesh.Product;
import io.lakemesh.batch.InputEvidence;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.batch.RecordSources;
import io.lakemesh.run.PublishResult;
import io.lakemesh.testkit.canary.CanaryProduct;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A source that belongs to the program fails with a value in its message: the program gets its own exception as it threw it, and
 * Lakemesh tells nobody else.
 */
class ProtectedSourcesTest {
    private static final int ROWS = 2_000;

    private final Told told = new Told();
    private Path home;
    private Shop shop;
    private Product product;

    /** Where a source fails. */
    enum At {
        OPEN,
        READ,
        EVIDENCE,
        CLOSE
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        home = folder;
        Map<String, Map<String, String>> sections =
                new LinkedHashMap<>(MeshConfig.embedded(home).sections());
        sections.put("keys", Map.of("provider", "memory"));
        shop = new Shop(home, new MeshConfig("mesh", "tester", home, sections));
        shop.mesh().keys().create("retail");
        product = shop.product("1.0.0", CanaryProduct.contract());
    }

    @AfterEach
    void close() {
        told.close();
        shop.close();
    }

    private static IllegalStateException failure() {
        return new IllegalStateException(
                "Cannot convert " + CanaryProduct.row(7), new IllegalArgumentException("For input string: Qanary"));
    }

    private static Map<String, Object> record(int id) {
        Map<String, Object> record = new HashMap<>();
        List<String> names = List.of(CanaryProduct.header().split(","));
        List<String> values = List.of(CanaryProduct.row(id).split(","));
        IntStream.range(0, names.size()).forEach(i -> record.put(names.get(i), values.get(i)));
        return record;
    }

    private static RecordSource records() {
        return RecordSources.of("people", IntStream.range(0, ROWS).mapToObj(ProtectedSourcesTest::record));
    }

    /** Rows, and a failure somewhere. */
    private static RecordSource failing(At at, RuntimeException failure) {
        return new RecordSource() {
            @Override
            public RecordReader open() {
                failIf(At.OPEN);
                return reader(records().open());
            }

            private RecordReader reader(RecordReader rows) {
                return new RecordReader() {
                    @Override
                    public boolean read(RawBatch batch) {
                        boolean more = rows.read(batch);
                        if (!more) {
                            failIf(At.READ);
                        }
                        return more;
                    }

                    @Override
                    public List<InputEvidence> evidence() {
                        failIf(At.EVIDENCE);
                        return rows.evidence();
                    }

                    @Override
                    public void close() {
                        failIf(At.CLOSE);
                        rows.close();
                    }
                };
            }

            private void failIf(At point) {
                if (at == point) {
                    throw failure;
                }
            }

            @Override
            public String name() {
                return "people";
            }
        };
    }

    private void assertPassedOnAndToldNobody(RecordSource source, Throwable failure) {
        assertThat(catchThrowable(() -> product.publish().input(source).run())).isSameAs(failure);
        assertThat(failure.getSuppressed()).isEmpty();
        assertToldNobody();
        assertThat(shop.mesh().products()).isEmpty();
    }

    private void assertToldNobody() {
        assertThat(TRACES.below(home)).isEmpty();
        assertThat(told.telling(TRACES)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aFailureOfTheSourceIsPassedOn(At at) {
        RuntimeException failure = failure();
        assertPassedOnAndToldNobody(failing(at, failure), failure);
    }

    @Test
    void aFailureOfTheProgramsTransformIsPassedOn() {
        RuntimeException failure = failure();
        assertPassedOnAndToldNobody(
                RecordSources.of("people", IntStream.range(0, ROWS).mapToObj(id -> {
                    if (id == ROWS - 1) {
                        throw failure;
                    }
                    return record(id);
                })),
                failure);
    }

    @Test
    void aFailureOfAValueIsPassedOn() {
        RuntimeException failure = failure();
        Map<String, Object> record = record(1);
        record.put("name", new Object() {
            @Override
            public String toString() {
                throw failure;
            }
        });
        assertPassedOnAndToldNobody(RecordSources.of("people", Stream.of(record)), failure);
    }

    /** A value of a class that is no column's, and names that are a person's values. */
    @Test
    void whatIsNotExpectedIsNotRepeated() {
        Map<String, Object> odd = record(1);
        odd.put("name", List.of("Qanary", Map.of("Qanary", 1)));
        odd.put("phone", new AtomicReference<>("Qanary"));
        odd.put("born", CanaryProduct.BORN.atStartOfDay());
        Map<String, Object> names = record(2);
        names.put("Qanary", "Qanary");
        PublishResult result = told.add(product.publish()
                .input(RecordSources.of("people", List.of(odd, names, record(3))))
                .run());
        assertThat(result.report().tables().get(0).rows().read()).isEqualTo(3);
        told.add(product.publish()
                .input(RecordSources.of("people", List.of(Map.of("Qanary", "1", "qanary name", "2"))))
                .run());
        assertToldNobody();
    }
}
