package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.Vector;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.ByteReader;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.Spill;
import io.lakemesh.spill.ValueCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.iceberg.PartitionKey;
import org.jspecify.annotations.Nullable;

/**
 * Rows that wait on the local disk for the file of their partition. Memory holds a bounded number of bytes, and where in the
 * file each partition's rows are. Not thread-safe.
 */
final class PartitionSpill implements AutoCloseable {
    private final TableSchema schema;
    private final long bytesInMemory;
    private final Spill spill = new Spill(Spill.temporaryFolder());
    private final Map<PartitionKey, Rows> partitions = new LinkedHashMap<>();
    private @Nullable FileChannel channel;
    private long held;
    private long written;

    /** The rows of one partition, in the order in which they came: those on the disk, then those in memory. */
    private static final class Rows {
        private final List<Segment> segments = new ArrayList<>();
        private ByteWriter bytes = new ByteWriter();
    }

    private record Segment(long offset, int length) {}

    PartitionSpill(TableSchema schema, long bytesInMemory) {
        this.schema = schema;
        this.bytesInMemory = bytesInMemory;
    }

    void add(PartitionKey key, Batch batch, int row) {
        Rows rows = partitions.get(key);
        if (rows == null) {
            rows = new Rows();
            partitions.put(key.copy(), rows);
        }
        int before = rows.bytes.length();
        for (int i = 0; i < schema.size(); i++) {
            Vector column = batch.column(i);
            ValueCodec.write(column.type(), column.get(row), rows.bytes);
        }
        held += rows.bytes.length() - before;
        if (held > bytesInMemory) {
            flush();
        }
    }

    private void flush() {
        try {
            FileChannel file = channel == null ? openFile() : channel;
            for (Rows rows : partitions.values()) {
                if (rows.bytes.length() > 0) {
                    flush(rows, file);
                }
            }
        } catch (IOException e) {
            throw spill.failed(e);
        }
        held = 0;
    }

    private FileChannel openFile() throws IOException {
        FileChannel opened = FileChannel.open(spill.newFile(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        channel = opened;
        return opened;
    }

    private void flush(Rows rows, FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(rows.bytes.bytes(), 0, rows.bytes.length());
        rows.segments.add(new Segment(written, bytes.remaining()));
        while (bytes.hasRemaining()) {
            written += file.write(bytes, written);
        }
        rows.bytes = new ByteWriter();
    }

    /** Gives every row, partition by partition; the batch is good until the next. */
    void drain(BiConsumer<PartitionKey, Batch> taker) {
        Batch batch = new Batch(schema);
        partitions.forEach((key, rows) -> {
            for (Segment segment : rows.segments) {
                byte[] bytes = read(segment);
                drain(new ByteReader(bytes, 0, bytes.length), batch, key, taker);
            }
            drain(new ByteReader(rows.bytes.bytes(), 0, rows.bytes.length()), batch, key, taker);
            pass(batch, key, taker);
        });
    }

    private byte[] read(Segment segment) {
        ByteBuffer bytes = ByteBuffer.allocate(segment.length);
        try {
            FileChannel file = java.util.Objects.requireNonNull(channel);
            while (bytes.hasRemaining()) {
                if (file.read(bytes, segment.offset + bytes.position()) < 0) {
                    throw new IOException("a file of spilled rows is shorter than what was written");
                }
            }
        } catch (IOException e) {
            throw spill.failed(e);
        }
        return bytes.array();
    }

    private void drain(ByteReader in, Batch batch, PartitionKey key, BiConsumer<PartitionKey, Batch> taker) {
        while (in.hasMore()) {
            for (int i = 0; i < schema.size(); i++) {
                Vector column = batch.column(i);
                column.set(batch.size(), ValueCodec.read(column.type(), in));
            }
            batch.setSize(batch.size() + 1);
            if (batch.size() == Batch.CAPACITY) {
                pass(batch, key, taker);
            }
        }
    }

    private static void pass(Batch batch, PartitionKey key, BiConsumer<PartitionKey, Batch> taker) {
        if (batch.size() > 0) {
            taker.accept(key, batch);
            batch.setSize(0);
        }
    }

    @Override
    public void close() {
        partitions.clear();
        try (spill) {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw spill.failed(e);
        }
    }
}
