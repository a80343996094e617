package io.lakemesh.iceberg.file;

/** Bytes in the order of a file. */
interface ByteInput {
    /** Reads until the range is full or the input ends; returns how many bytes. */
    int read(byte[] buffer, int offset, int length);
}
