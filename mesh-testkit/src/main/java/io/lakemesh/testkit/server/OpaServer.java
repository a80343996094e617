package io.lakemesh.testkit.server;

import static io.lakemesh.testkit.server.ServerProcess.LOOPBACK;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Open Policy Agent on a free loopback port. */
public final class OpaServer implements AutoCloseable {
    private final String url;
    private final ServerProcess process;

    private OpaServer(String url, ServerProcess process) {
        this.url = url;
        this.process = process;
    }

    /**
     * Starts a server.
     *
     * @param options further words of {@code opa run}, such as bundles
     */
    public static OpaServer start(String... options) {
        String address = LOOPBACK + ":" + ServerProcess.freePort();
        List<String> command = new ArrayList<>(List.of(program().toString(), "run", "--server", "--addr", address));
        command.addAll(List.of("--skip-version-check", "--log-level", "error"));
        command.addAll(List.of(options));
        String url = "http://" + address;
        ServerProcess process =
                ServerProcess.named("opa").command(command).start(Readiness.http(URI.create(url + "/health")));
        return new OpaServer(url, process);
    }

    /** The {@code opa} program, whose {@code test} and {@code check} look at Rego without a server. */
    public static Path program() {
        return Installation.of("opa", "opa");
    }

    public String url() {
        return url;
    }

    /** What it printed. */
    public Path log() {
        return process.log();
    }

    @Override
    public void close() {
        process.close();
    }
}
