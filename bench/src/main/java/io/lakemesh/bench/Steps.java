package io.lakemesh.bench;

import io.lakemesh.Mesh;
import io.lakemesh.MeshConfig;
import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.check.CheckContext;
import io.lakemesh.check.RowSink;
import io.lakemesh.check.TableCheck;
import io.lakemesh.contract.TableContract;
import io.lakemesh.iceberg.file.FileSources;
import io.lakemesh.run.StagedTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The steps of a run over 200,000 rows, each benchmark with one step more: read; conform and check; write. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class Steps {
    private static final int ROWS = 200_000;
    private static final Path FOLDER = Path.of("bench", "target", "jmh");

    private final Mesh mesh = Mesh.open(MeshConfig.embedded(FOLDER));
    private final TableContract contract =
            mesh.product(Path.of("bench", "product")).contract().tables().get(0);
    private final Path input = FOLDER.resolve("searches.csv");

    @Setup
    public void makeInput() throws IOException {
        if (!Files.exists(input)) {
            Input.make(input, ROWS);
        }
    }

    @TearDown
    public void close() {
        mesh.close();
    }

    @Benchmark
    public long read() {
        RecordSource source = FileSources.of(input.toString());
        RawBatch raw = new RawBatch();
        long rows = 0;
        try (RecordReader reader = source.open()) {
            while (reader.read(raw)) {
                rows += raw.size();
            }
        }
        return rows;
    }

    @Benchmark
    public long readAndCheck() {
        try (StagedTable staged = stage()) {
            return check(staged, (batch, selected, count) -> {});
        }
    }

    @Benchmark
    public long readCheckAndWrite() {
        try (StagedTable staged = stage()) {
            long rows = check(staged, staged);
            staged.finish();
            staged.discard();
            return rows;
        }
    }

    private StagedTable stage() {
        return mesh.lakehouse().stage(contract, "jmh-" + System.nanoTime());
    }

    private long check(StagedTable staged, RowSink good) {
        RawBatch raw = new RawBatch();
        CheckContext context = CheckContext.of(FOLDER, Instant.EPOCH);
        try (TableCheck check = new TableCheck(contract, staged.schema(), context);
                RecordReader reader = FileSources.of(input.toString()).open()) {
            while (reader.read(raw)) {
                check.add(raw, good, bad -> {});
            }
            check.finish(good, bad -> {});
            return check.judge(null, false).rows().published();
        }
    }
}
