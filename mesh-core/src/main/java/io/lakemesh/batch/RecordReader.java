package io.lakemesh.batch;

import java.util.List;

/** One reading of a {@link RecordSource}, from beginning to end. Not thread-safe. */
public interface RecordReader extends AutoCloseable {
    /**
     * Clears the batch and fills it with the next rows.
     *
     * @return false at the end, with an empty batch
     * @throws io.lakemesh.error.InvalidInputException if the input as a whole cannot be read; a bad row is no exception but
     *     {@link RawBatch#addMalformed}
     */
    boolean read(RawBatch batch);

    /** What was read, with digests over every byte of it; complete once {@link #read} gave false. */
    List<InputEvidence> evidence();

    @Override
    void close();
}
