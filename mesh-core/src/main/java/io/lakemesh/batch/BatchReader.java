package io.lakemesh.batch;

import org.jspecify.annotations.Nullable;

/** Typed rows, read once. Closing frees what it holds. Not thread-safe. */
public interface BatchReader extends AutoCloseable {
    /** The next rows, valid until the next call; null at the end. Never an empty batch. */
    @Nullable
    Batch next();

    @Override
    void close();
}
