package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * PostgreSQL as the operating system packages it, on a free loopback port. It does not wait for the disk, so what it has
 * acknowledged survives its own death but not the machine's.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Shared<PostgresServer> SHARED = new Shared<>(PostgresServer::start);
    private static final String USER = "mesh";
    private static final String PASSWORD = "a-password-of-tests";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");
    private static final String START =
            """
            set -e
            if [ "$(id -u)" = 0 ]; then # both programs refuse to run as root
              chown postgres .
              as_user="setpriv --reuid=postgres --regid=postgres --init-groups"
            fi
            echo "$PGPASSWORD" > password
            $as_user "$1/initdb" --pgdata=data --username="$PGUSER" --pwfile=password --auth=scram-sha-256 --encoding=UTF8 --no-sync
            exec $as_user "$1/postgres" -D data -h "$PGHOST" -p "$PGPORT" -k '' -c fsync=off -c max_connections=300
            """;

    private final Path programs;
    private final int port;
    private final ServerProcess process;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(Path programs, int port, ServerProcess process) {
        this.programs = programs;
        this.port = port;
        this.process = process;
    }

    /**
     * A database and who may use it.
     *
     * @param url for JDBC, without user and password
     */
    public record Database(String url, String user, String password) {}

    /** The server of this JVM. */
    public static PostgresServer shared() {
        return SHARED.server();
    }

    /** Starts another server, for tests that stop it. */
    public static PostgresServer start() {
        Path programs = programs();
        int port = ServerProcess.freePort();
        ServerProcess process = ServerProcess.named("postgres")
                .command("sh", "-c", START, "postgres", programs.toString())
                .environment("PGHOST", LOOPBACK)
                .environment("PGPORT", "" + port)
                .environment("PGUSER", USER)
                .environment("PGPASSWORD", PASSWORD)
                .stopSignal("INT")
                .start(Readiness.command(client(programs, port, "pg_isready")));
        return new PostgresServer(programs, port, process);
    }

    public int port() {
        return port;
    }

    /** Makes an empty database. */
    public Database database() {
        String name = "mesh_" + databases.incrementAndGet();
        Commands.run(client(programs, port, "createdb", name));
        return new Database("jdbc:postgresql://" + LOOPBACK + ":" + port + "/" + name, USER, PASSWORD);
    }

    @Override
    public void close() {
        process.close();
    }

    private static ProcessBuilder client(Path programs, int port, String program, String... arguments) {
        List<String> words = new ArrayList<>(
                List.of(programs.resolve(program).toString(), "-h", LOOPBACK, "-p", "" + port, "-U", USER));
        words.addAll(List.of(arguments));
        ProcessBuilder command = new ProcessBuilder(words);
        command.environment().put("PGPASSWORD", PASSWORD);
        return command;
    }

    /** Where Debian keeps them, the newest version first; then the search path. */
    private static Path programs() {
        Stream<Path> path =
                Stream.of(System.getenv("PATH").split(File.pathSeparator, -1)).map(Path::of);
        return Stream.concat(debian(), path)
                .filter(folder -> Files.isExecutable(folder.resolve("initdb")))
                .findFirst()
                .orElseThrow(() -> Installation.missing("PostgreSQL is not installed"));
    }

    private static Stream<Path> debian() {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.sorted(Comparator.reverseOrder()).map(version -> version.resolve("bin")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
