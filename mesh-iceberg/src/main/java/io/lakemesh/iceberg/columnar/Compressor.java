package io.lakemesh.iceberg.columnar;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.util.Arrays;

/** Zstandard for the pages of one file. Holds memory outside of the heap until it is closed. Not thread-safe. */
final class Compressor implements AutoCloseable {
    static final int FAST = 1;
    static final int DENSE = 3;

    private final ZstdCompressCtx context = new ZstdCompressCtx();
    private byte[] scratch = new byte[0];

    byte[] compress(PageBytes page, int level) {
        int bound = Math.toIntExact(Zstd.compressBound(page.size()));
        if (scratch.length < bound) {
            scratch = new byte[bound];
        }
        context.setLevel(level);
        int size = context.compressByteArray(scratch, 0, scratch.length, page.array(), 0, page.size());
        return Arrays.copyOf(scratch, size);
    }

    @Override
    public void close() {
        context.close();
    }
}
