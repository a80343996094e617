package io.lakemesh.iceberg.mesh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericFixed;
import org.apache.avro.generic.IndexedRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetSchemaUtil;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a person in every byte below a folder: as the bytes are, and as what they stand for in gzip, Avro (the bounds in
 * manifests among it) and Parquet.
 */
final class Traces {
    private final List<String> texts;
    private final List<Long> numbers;

    /** Texts count wherever they stand; numbers as such and as eight bytes. */
    Traces(List<String> texts, List<Long> numbers) {
        this.texts = texts;
        this.numbers = numbers;
    }

    /** The files that tell something. */
    List<Path> below(Path folder) {
        return Shop.filesBelow(folder).stream().filter(this::isIn).toList();
    }

    private boolean isIn(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            String name = file.toString();
            if (isIn(bytes)) {
                return true;
            }
            if (name.endsWith(".avro")) {
                return isInAvro(bytes);
            }
            if (name.endsWith(".parquet")) {
                return isInParquet(file);
            }
            boolean zipped = bytes.length > 1 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b;
            return zipped && isIn(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    private boolean isIn(byte[] bytes) {
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        return texts.stream().anyMatch(latin::contains)
                || numbers.stream()
                        .anyMatch(number -> latin.contains(number.toString()) || latin.contains(littleEndian(number)));
    }

    private static String littleEndian(long number) {
        byte[] bytes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(number)
                .array();
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private boolean isInAvro(byte[] bytes) throws IOException {
        try (DataFileStream<Object> rows =
                new DataFileStream<>(new SeekableByteArrayInput(bytes), new GenericDatumReader<>())) {
            for (Object row : rows) {
                if (isInValue(row)) {
                    return true;
                }
            }
            return false;
        }
    }

    private boolean isInParquet(Path file) throws IOException {
        List<Types.NestedField> fields = new ArrayList<>();
        var local = org.apache.iceberg.Files.localInput(file.toFile());
        try (CloseableIterable<Record> none = read(local, new org.apache.iceberg.Schema(), fields)) {
            none.forEach(row -> {});
        }
        try (CloseableIterable<Record> rows = read(local, new org.apache.iceberg.Schema(fields), new ArrayList<>())) {
            for (Record row : rows) {
                if (isInValue(row)) {
                    return true;
                }
            }
            return false;
        }
    }

    private static CloseableIterable<Record> read(
            org.apache.iceberg.io.InputFile file, org.apache.iceberg.Schema columns, List<Types.NestedField> all) {
        return Parquet.read(file)
                .project(columns)
                .createReaderFunc(message -> {
                    all.addAll(ParquetSchemaUtil.convert(message).columns());
                    return GenericParquetReaders.buildReader(columns, message);
                })
                .build();
    }

    private boolean isInValue(@Nullable Object value) {
        if (value instanceof IndexedRecord row) {
            return row.getSchema().getFields().stream().anyMatch(field -> isInValue(row.get(field.pos())));
        }
        if (value instanceof Record row) {
            return row.struct().fields().stream().anyMatch(field -> isInValue(row.getField(field.name())));
        }
        if (value instanceof Collection<?> values) {
            return values.stream().anyMatch(this::isInValue);
        }
        if (value instanceof Map<?, ?> map) {
            return isInValue(map.keySet()) || isInValue(map.values());
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return isIn(bytes);
        }
        if (value instanceof GenericFixed fixed) {
            return isIn(fixed.bytes());
        }
        return value != null && isIn(value.toString().getBytes(StandardCharsets.UTF_8));
    }
}
