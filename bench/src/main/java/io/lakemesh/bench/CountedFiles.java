package io.lakemesh.bench;

import io.lakemesh.bench.Counters.Kind;
import io.lakemesh.iceberg.LocalFileIO;
import java.io.IOException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Files of the local disk, counted. */
public final class CountedFiles implements SupportsPrefixOperations {
    private static final long serialVersionUID = 1L;

    private final LocalFileIO real = new LocalFileIO();

    /** Made by Iceberg, by reflection. */
    public CountedFiles() {}

    @Override
    public InputFile newInputFile(String location) {
        return new CountedInput(real.newInputFile(location), false);
    }

    @Override
    public InputFile newInputFile(String location, long length) {
        return new CountedInput(real.newInputFile(location, length), true);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new CountedOutput(real.newOutputFile(location));
    }

    @Override
    public void deleteFile(String location) {
        Counters.add(Kind.DELETE, 1);
        real.deleteFile(location);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        Counters.add(Kind.LIST, 1);
        return real.listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        throw new UnsupportedOperationException("Cannot delete all of " + prefix);
    }

    private static final class CountedInput implements InputFile {
        private final InputFile real;
        private boolean lengthKnown;

        CountedInput(InputFile real, boolean lengthKnown) {
            this.real = real;
            this.lengthKnown = lengthKnown;
        }

        @Override
        public long getLength() {
            if (!lengthKnown) {
                Counters.add(Kind.LOOK, 1);
                lengthKnown = true;
            }
            return real.getLength();
        }

        @Override
        public SeekableInputStream newStream() {
            Counters.add(Kind.READ, 1);
            return real.newStream();
        }

        @Override
        public String location() {
            return real.location();
        }

        @Override
        public boolean exists() {
            Counters.add(Kind.LOOK, 1);
            return real.exists();
        }
    }

    private record CountedOutput(OutputFile real) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            return new CountedStream(real.create(), location());
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new CountedStream(real.createOrOverwrite(), location());
        }

        @Override
        public String location() {
            return real.location();
        }

        @Override
        public InputFile toInputFile() {
            return new CountedInput(real.toInputFile(), false);
        }
    }

    private static final class CountedStream extends PositionOutputStream {
        private final PositionOutputStream real;
        private final boolean data;
        private boolean closed;

        CountedStream(PositionOutputStream real, String location) {
            this.real = real;
            this.data = location.endsWith(".parquet");
        }

        @Override
        public long getPos() throws IOException {
            return real.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            real.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            real.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            real.flush();
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                Counters.add(Kind.WRITE, 1);
                if (!data) {
                    Counters.add(Kind.METADATA_BYTES, real.getPos());
                }
            }
            real.close();
        }
    }
}
