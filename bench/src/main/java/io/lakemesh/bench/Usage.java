package io.lakemesh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a job reports at its end; the script reads the line and adds what the shell measures. */
final class Usage {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Usage() {}

    static void print(long good, long bad) throws IOException {
        System.out.println("good " + good + " bad " + bad + " peak-kib " + peakKib());
    }

    /** The largest resident size of this process so far; 0 where the system does not say. */
    private static long peakKib() throws IOException {
        if (!Files.exists(STATUS)) {
            return 0;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
