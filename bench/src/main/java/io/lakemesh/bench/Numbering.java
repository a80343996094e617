package io.lakemesh.bench;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Puts a first column {@code id} into CSV text that goes through: the records' numbers, from 1. */
final class Numbering extends FilterOutputStream {
    private long record;
    private boolean atStart = true;
    private boolean quoted;

    Numbering(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        if (atStart) {
            out.write(prefix().getBytes(StandardCharsets.US_ASCII));
            record++;
        }
        quoted ^= b == '"';
        atStart = b == '\n' && !quoted;
        out.write(b);
    }

    private String prefix() {
        return record == 0 ? "id," : record + ",";
    }
}
