package io.lakemesh.trino;

import io.lakemesh.batch.RecordReader;
import io.lakemesh.batch.RecordSource;
import io.lakemesh.provenance.Digests;
import java.nio.charset.StandardCharsets;

/** A query as an input. */
record TrinoSource(TrinoAccess access, String sql) implements RecordSource {
    private static final int SHOWN = 8;

    @Override
    public RecordReader open() {
        return new TrinoReader(name(), access, sql);
    }

    /** Tells queries apart; their texts may be long, and stand in the provenance. */
    @Override
    public String name() {
        return "trino query " + Digests.of(sql.getBytes(StandardCharsets.UTF_8)).substring(0, SHOWN);
    }

    @Override
    public String toString() {
        return name();
    }
}
