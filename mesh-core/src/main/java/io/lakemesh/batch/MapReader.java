package io.lakemesh.batch;

import io.lakemesh.error.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads Java maps. */
final class MapReader implements RecordReader {
    private final String name;
    private final Iterator<? extends Map<String, ? extends @Nullable Object>> records;
    private final Runnable onClose;
    private final DiscoveredColumns columns;
    private final MessageDigest digest = sha256();
    private long rows;
    private long bytes;
    private @Nullable InputEvidence evidence;

    MapReader(String name, Iterator<? extends Map<String, ? extends @Nullable Object>> records, Runnable onClose) {
        this.name = name;
        this.records = records;
        this.onClose = onClose;
        this.columns = new DiscoveredColumns(name);
    }

    @Override
    public boolean read(RawBatch batch) {
        batch.clear();
        while (!batch.isFull() && records.hasNext()) {
            add(batch, records.next());
        }
        columns.nameColumns(batch);
        if (batch.size() == 0 && evidence == null) {
            evidence = new InputEvidence(name, HexFormat.of().formatHex(digest.digest()), bytes, rows);
        }
        return batch.size() > 0;
    }

    private void add(RawBatch batch, Map<String, ? extends @Nullable Object> record) {
        rows++;
        byte[] text = CanonicalText.of(record).getBytes(StandardCharsets.UTF_8);
        digest.update(text);
        bytes += text.length;
        if (!columns.add(batch, rows, record)) {
            throw new InvalidInputException("Cannot read source " + name + ": its first " + rows
                    + " records have more than " + DiscoveredColumns.MAX_COLUMNS + " names between them");
        }
    }

    @Override
    public List<InputEvidence> evidence() {
        return evidence == null ? List.of() : List.of(evidence);
    }

    @Override
    public void close() {
        onClose.run();
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
