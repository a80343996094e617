package io.lakemesh.audit;

import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records that the table may not have yet, a line of JSON each, in a file that is locked as long as somebody uses it. A line
 * counts once it ends. Not thread-safe.
 */
final class Journal implements AutoCloseable {
    private final Journals folder;
    private final Path file;
    private final FileChannel channel;
    private final List<Map<String, String>> records = new ArrayList<>();
    private boolean doubtful;

    private Journal(Journals folder, Path file, FileChannel channel) {
        this.folder = folder;
        this.file = file;
        this.channel = channel;
    }

    /** Takes a file that nobody uses; null if somebody does, or it is gone. The file is in use until this is closed. */
    static @Nullable Journal lock(Journals folder, Path file, FileChannel channel) throws IOException {
        FileLock lock = channel.tryLock();
        // whoever had it before may have removed it
        return lock == null || !Files.exists(file) ? null : new Journal(folder, file, channel);
    }

    Path file() {
        return file;
    }

    List<Map<String, String>> records() {
        return List.copyOf(records);
    }

    /** Whether the table may have some of the records. */
    boolean isDoubtful() {
        return doubtful;
    }

    void doubt() {
        this.doubtful = true;
    }

    /** Writes a record down, so that the end of the process does not lose it. */
    void append(Map<String, String> record) throws IOException {
        ByteBuffer line = ByteBuffer.wrap((Json.writeCompact(Node.of(record)) + "\n").getBytes(StandardCharsets.UTF_8));
        while (line.hasRemaining()) {
            channel.write(line);
        }
        records.add(record);
    }

    /** Takes over what another process wrote down. */
    void recover() throws IOException {
        doubtful = true;
        // through the one channel: closing another one would end the lock
        byte[] bytes = Channels.newInputStream(channel).readAllBytes();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                records.add(JournalLine.parse(file, new String(bytes, start, at - start, StandardCharsets.UTF_8)));
                start = at + 1;
            }
        }
    }

    /** Ends it once the table has all of its records. */
    void remove() throws IOException {
        Files.deleteIfExists(file);
        close();
    }

    /** Lets go of the file, for whoever comes next. */
    @Override
    public void close() throws IOException {
        folder.released(file);
        channel.close();
    }
}
