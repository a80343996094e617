package io.lakemesh.iceberg;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.CatalogUtil;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Files of another FileIO, with {@link Effects}. */
public final class FaultyFileIO implements SupportsPrefixOperations {
    private static final long serialVersionUID = 1L;

    /** The FileIO that files are of; local if there is no such property. */
    static final String REAL = "faulty.io-impl";

    private transient FileIO real = new LocalFileIO();
    private transient Effects effects = new Effects();

    @Override
    public void initialize(Map<String, String> properties) {
        effects = Effects.of(properties.getOrDefault(Effects.ID, ""));
        Map<String, String> rest = new HashMap<>(properties);
        rest.remove(CatalogProperties.FILE_IO_IMPL);
        real = CatalogUtil.loadFileIO(rest.getOrDefault(REAL, LocalFileIO.class.getName()), rest, null);
    }

    @Override
    public Map<String, String> properties() {
        return real.properties();
    }

    @Override
    public InputFile newInputFile(String location) {
        return real.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new FaultyOutput(real.newOutputFile(location), effects);
    }

    @Override
    public void deleteFile(String location) {
        effects.around(() -> real.deleteFile(location));
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return ((SupportsPrefixOperations) real).listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        throw new UnsupportedOperationException("nobody should delete all of " + prefix);
    }

    @Override
    public void close() {
        real.close();
    }

    private record FaultyOutput(OutputFile real, Effects effects) implements OutputFile {
        @Override
        public PositionOutputStream create() {
            effects.point();
            return new FaultyStream(real.create(), effects);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            effects.point();
            return new FaultyStream(real.createOrOverwrite(), effects);
        }

        @Override
        public String location() {
            return real.location();
        }

        @Override
        public InputFile toInputFile() {
            return real.toInputFile();
        }
    }

    private static final class FaultyStream extends PositionOutputStream {
        private final PositionOutputStream real;
        private final Effects effects;
        private boolean full;
        private boolean closed;

        FaultyStream(PositionOutputStream real, Effects effects) {
            this.real = real;
            this.effects = effects;
        }

        @Override
        public long getPos() throws IOException {
            return real.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            take(1);
            real.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            take(length);
            real.write(bytes, offset, length);
        }

        private void take(int bytes) throws IOException {
            try {
                effects.write(bytes);
            } catch (IOException e) {
                full = true;
                throw e;
            }
        }

        /** The file appears, unless it could not be written whole. */
        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            effects.point();
            if (full) {
                discard();
                throw new IOException("No space left on device");
            }
            real.close();
            effects.point();
        }

        private void discard() throws IOException {
            if (real instanceof LocalOutputStream local) {
                local.abort();
            }
        }
    }
}
