package io.lakemesh.iceberg;

import io.lakemesh.batch.Batch;
import io.lakemesh.provenance.Digests;
import io.lakemesh.schema.TableSchema;
import io.lakemesh.spill.ByteWriter;
import io.lakemesh.spill.ValueCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** A sum over rows in which their order does not count: the same rows give the same sum. Not thread-safe. */
final class RowSum {
    private final TableSchema schema;
    private final MessageDigest digest = Digests.sha256();
    private final ByteWriter bytes = new ByteWriter();
    private final long[] sums = new long[4];
    private long rows;

    RowSum(TableSchema schema) {
        this.schema = schema;
    }

    void add(Batch batch) {
        for (int row = 0; row < batch.size(); row++) {
            int at = row;
            add(column -> batch.column(column).get(at));
        }
    }

    void add(IntFunction<@Nullable Object> row) {
        bytes.clear();
        for (int column = 0; column < schema.size(); column++) {
            ValueCodec.write(schema.field(column).type(), row.apply(column), bytes);
        }
        digest.update(bytes.bytes(), 0, bytes.length());
        ByteBuffer hash = ByteBuffer.wrap(digest.digest());
        for (int i = 0; i < sums.length; i++) {
            sums[i] += hash.getLong();
        }
        rows++;
    }

    long rows() {
        return rows;
    }

    boolean equalsSum(RowSum other) {
        return rows == other.rows && Arrays.equals(sums, other.sums);
    }
}
