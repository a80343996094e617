package io.lakemesh.steward;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import io.lakemesh.check.TableReport;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.BlobStore;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.MapBlobStore;
import io.lakemesh.provenance.ObjectStore;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.Lakehouse;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.ProductState;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Row;
import io.lakemesh.schema.TableSchema;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What a sync needs of a lakehouse, in memory. Effects are counted, and the process can end before one of them. */
final class MemoryMesh {
    final MapBlobStore blobs = new MapBlobStore();
    final Map<String, Content> tables = new TreeMap<>();
    private final Map<ProductAddress, ProductState> products =
            new TreeMap<>(java.util.Comparator.comparing(String::valueOf));
    long effectsLeft = Long.MAX_VALUE;

    /** Is run before an addition, in which others may be quicker. */
    Runnable meanwhile = () -> {};

    private long seconds;
    private long versions;

    record Content(List<Row> rows, String position, long version) {}

    /** Stands for the end of the process. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private void effect() {
        if (effectsLeft-- <= 0) {
            throw new Killed();
        }
    }

    Lakehouse lakehouse() {
        return (Lakehouse) Proxy.newProxyInstance(
                Lakehouse.class.getClassLoader(), new Class<?>[] {Lakehouse.class}, (proxy, method, arguments) -> {
                    return switch (method.getName()) {
                        case "products" -> List.copyOf(products.keySet());
                        case "find" -> Optional.ofNullable(products.get((ProductAddress) arguments[0]));
                        case "blobs" -> countedBlobs();
                        case "open" -> new Opened((MeshTable.Definition) arguments[0]);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }

    private BlobStore countedBlobs() {
        return new BlobStore() {
            @Override
            public void put(String path, byte[] content) {
                effect();
                blobs.put(path, content);
            }

            @Override
            public Optional<byte[]> get(String path) {
                return blobs.get(path);
            }

            @Override
            public List<String> list(String prefix) {
                return blobs.list(prefix);
            }

            @Override
            public void delete(String path) {
                effect();
                blobs.delete(path);
            }

            @Override
            public String location(String path) {
                return blobs.location(path);
            }
        };
    }

    private final class Opened implements MeshTable {
        private final String name;
        private final @Nullable Content base;

        Opened(Definition definition) {
            this.name = definition.name().toString();
            this.base = tables.get(name);
        }

        @Override
        public Optional<String> position() {
            return Optional.ofNullable(base).map(Content::position);
        }

        @Override
        public BatchReader read(Scan scan) {
            throw new UnsupportedOperationException("no sync reads rows");
        }

        @Override
        public boolean append(List<Row> rows, String position) {
            effect();
            meanwhile.run();
            if (!Optional.ofNullable(tables.get(name))
                    .map(Content::version)
                    .equals(Optional.ofNullable(base).map(Content::version))) {
                return false;
            }
            List<Row> all = new ArrayList<>(base == null ? List.of() : base.rows);
            all.addAll(rows);
            tables.put(name, new Content(all, position, ++versions));
            return true;
        }
    }

    /** Makes the next release of a product; gives what its publisher is to record, and may not come to. */
    RunRecord publish(ProductAddress address, String run) {
        ProductState before = products.get(address);
        long release = before == null ? 1 : before.release() + 1;
        Releases releases = new Releases(address, blobs);
        String report = releases.objects().put(report(run).toNode());
        Manifest manifest = new Manifest(
                address,
                "id",
                release,
                run,
                Manifest.Kind.PUBLISH,
                "append",
                now(),
                "tester",
                List.of(table("a", release), table("b", release)),
                List.of(),
                List.of(),
                Map.of(),
                report,
                before == null ? null : before.manifest(),
                null);
        String digest = releases.objects().put(ObjectStore.bytes(manifest.toNode()));
        products.put(address, new ProductState(address, "id", release, digest, manifest.tables()));
        return record(address, run, release, digest, report);
    }

    RunRecord refused(ProductAddress address, String run) {
        return record(
                address,
                run,
                null,
                null,
                new Releases(address, blobs).objects().put(report(run).toNode()));
    }

    private RunRecord record(
            ProductAddress address, String run, @Nullable Long release, @Nullable String manifest, String report) {
        return new RunRecord(
                address,
                run,
                release == null ? RunRecord.Outcome.REFUSED : RunRecord.Outcome.PUBLISHED,
                now(),
                now(),
                "append",
                release,
                manifest,
                report,
                new RowCounts(10, 8, 2, 0),
                List.of(),
                List.of(),
                null);
    }

    private Instant now() {
        return Instant.EPOCH.plusSeconds(seconds++);
    }

    private static QualityReport report(String run) {
        return new QualityReport(
                run,
                List.of(new TableReport(
                        "a",
                        new RowCounts(10, 8, 2, 0),
                        List.of(new CheckResult(
                                "enough",
                                "a",
                                "rowCount",
                                BigDecimal.TEN,
                                "> 0 rows",
                                CheckResult.Outcome.PASSED,
                                "error",
                                null)),
                        Map.of("amount.minimum", 2L))));
    }

    private static TableVersion table(String object, long release) {
        return new TableVersion(
                object,
                new TableName("d", object),
                "uuid",
                release,
                "contract",
                "1.0.0",
                new TableSchema(List.of(), List.of()),
                10 * release,
                10,
                List.of());
    }
}
