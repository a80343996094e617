package io.lakemesh.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerProcessTest {
    private static final String SERVE = "echo $$ > pid; echo serving; exec sleep 600";

    @Test
    void stopsTheServerAndRemovesItsFolder() throws Exception {
        ServerProcess.Builder builder = ServerProcess.named("sleep").command("sh", "-c", SERVE);
        Path pid = builder.folder().resolve("pid");
        ServerProcess server = builder.start(() -> Files.exists(pid) && Files.size(pid) > 0);
        ProcessHandle serving = handle(pid);
        assertThat(serving.isAlive()).isTrue();

        server.close();

        assertThat(serving.isAlive()).isFalse();
        assertThat(builder.folder()).doesNotExist();
    }

    @Test
    void showsTheEndOfTheLogOfAServerThatStops() {
        ServerProcess.Builder builder = ServerProcess.named("failing").command("sh", "-c", "echo no such disk; exit 3");

        assertThatThrownBy(() -> builder.start(() -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("failing stopped with status 3")
                .hasMessageContaining("no such disk");
        assertThat(builder.folder()).doesNotExist();
    }

    @Test
    void stopsAServerThatDoesNotAnswerInTime() {
        ServerProcess.Builder builder =
                ServerProcess.named("silent").command("sh", "-c", SERVE).deadline(Duration.ofMillis(300));

        assertThatThrownBy(() -> builder.start(() -> false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("silent does not answer after PT0.3S")
                .hasMessageContaining("serving");
        assertThat(builder.folder()).doesNotExist();
    }

    @Test
    void endsWithAJvmThatIsKilled(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Serving.class.getName(),
                        pid.toString())
                .inheritIO()
                .start();
        await(() -> Files.exists(pid) && Files.size(pid) > 0);
        ProcessHandle serving = handle(pid);
        assertThat(serving.isAlive()).isTrue();

        jvm.destroyForcibly().waitFor();

        serving.onExit().get(10, TimeUnit.SECONDS);
    }

    private static void await(Readiness condition) throws Exception {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.isReady()) {
            assertThat(System.nanoTime()).as("deadline").isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static ProcessHandle handle(Path pid) throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
    }

    /** Starts a server and waits to be killed. */
    static final class Serving {
        public static void main(String[] arguments) throws InterruptedException {
            ServerProcess.named("killed")
                    .command("sh", "-c", "echo $$ > \"$0\"; exec sleep 600", arguments[0])
                    .start(() -> true);
            Thread.sleep(60_000);
        }
    }
}
