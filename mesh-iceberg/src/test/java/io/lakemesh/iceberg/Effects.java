package io.lakemesh.iceberg;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a lakehouse does to the world: files that are begun, appear and go, and what a catalog is told to change. There is a point
 * before and after each. A test counts these points, ends the process at one of them, or lets the disk be full after some bytes.
 * Safe for use by many threads.
 */
public final class Effects {
    /** The storage's property that names the effects. */
    static final String ID = "effects";

    private static final AtomicLong LAST = new AtomicLong();
    private static final Map<String, Effects> BY_ID = new ConcurrentHashMap<>();

    private final String id = "effects-" + LAST.incrementAndGet();
    private long left = Long.MAX_VALUE;
    private long room = Long.MAX_VALUE;
    private long count;
    private long written;
    private boolean dead;
    private Runnable death = () -> {
        throw new Killed();
    };

    public Effects() {
        BY_ID.put(id, this);
    }

    static Effects of(String id) {
        return Objects.requireNonNull(BY_ID.get(id), id);
    }

    /** A {@code warehouse} of local files with these effects. */
    public Map<String, String> warehouse(Path folder) {
        return Map.of("location", folder.toString(), "file-io", FaultyFileIO.class.getName(), "properties." + ID, id);
    }

    /** Ends the process at the next but so many points. */
    public synchronized void killAfter(long points) {
        left = points;
    }

    /** What ends the process, and does not return; otherwise {@link Killed} does. */
    public synchronized void dieBy(Runnable end) {
        death = end;
    }

    /** Leaves the disk so much room. */
    public synchronized void leaveRoom(long bytes) {
        room = bytes;
    }

    public synchronized long count() {
        return count;
    }

    /** Bytes so far. */
    public synchronized long written() {
        return written;
    }

    /** Comes before and after every effect. A process that has ended has no more of them. */
    synchronized void point() {
        dead |= left-- == 0;
        if (dead) {
            death.run();
        }
        count++;
    }

    /** Does something between two points. */
    void around(Runnable effect) {
        point();
        effect.run();
        point();
    }

    synchronized void write(int bytes) throws IOException {
        if (bytes > room) {
            throw new IOException("No space left on device");
        }
        room -= bytes;
        written += bytes;
    }

    /** Stands for the end of the process: nothing catches it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
