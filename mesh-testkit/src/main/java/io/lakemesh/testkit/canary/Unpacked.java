package io.lakemesh.testkit.canary;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;

/**
 * What bytes stand for that are packed: each gzip stream and Zstandard frame wherever it begins (files, the pages and dictionaries of
 * Parquet, pieces of a file that was never finished), and the blocks of an Avro file. A piece that breaks off counts as far as it goes.
 */
final class Unpacked {
    private static final String GZIP = "\u001f\u008b\b";
    private static final String ZSTD = "(\u00b5/\u00fd";
    private static final String AVRO = "Obj\u0001";

    private Unpacked() {}

    private interface Unpacker {
        InputStream open(InputStream packed) throws IOException;
    }

    static boolean anyMatch(byte[] bytes, Predicate<byte[]> found) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        return anyStream(bytes, text, GZIP, GZIPInputStream::new, found)
                || anyStream(bytes, text, ZSTD, packed -> new ZstdInputStream(packed).setContinuous(true), found)
                || (text.startsWith(AVRO) && anyBlock(bytes, found));
    }

    private static boolean anyStream(
            byte[] bytes, String text, String beginning, Unpacker unpacker, Predicate<byte[]> found) {
        for (int at = text.indexOf(beginning); at >= 0; at = text.indexOf(beginning, at + 1)) {
            byte[] inner = unpack(new ByteArrayInputStream(bytes, at, bytes.length - at), unpacker);
            if (inner.length > 0 && found.test(inner)) {
                return true;
            }
        }
        return false;
    }

    private static byte[] unpack(InputStream packed, Unpacker unpacker) {
        ByteArrayOutputStream inner = new ByteArrayOutputStream();
        byte[] some = new byte[1 << 16];
        try (InputStream stream = unpacker.open(packed)) {
            for (int read = stream.read(some); read >= 0; read = stream.read(some)) {
                inner.write(some, 0, read);
            }
        } catch (IOException e) {
            // it ends here, or is none
            return inner.toByteArray();
        }
        return inner.toByteArray();
    }

    private static boolean anyBlock(byte[] bytes, Predicate<byte[]> found) {
        try (DataFileStream<Object> blocks =
                new DataFileStream<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>())) {
            while (blocks.hasNext()) {
                ByteBuffer block = blocks.nextBlock();
                byte[] inner = new byte[block.remaining()];
                block.get(inner);
                if (found.test(inner)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | AvroRuntimeException e) {
            // it ends here
            return false;
        }
    }
}
