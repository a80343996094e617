package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/**
 * Stands between a client and a server of this machine, and breaks connections off at a request that a test is waiting for: before
 * the server gets it, or once the server has answered it, without passing the answer on. A request must be in one piece, as
 * those of databases' drivers and HTTP clients are that fit a buffer. Safe for use by many threads.
 */
public final class CutProxy implements AutoCloseable {
    /** Where the connection is broken off. */
    public enum Cut {
        /** The request is lost. */
        REQUEST,
        /** What was asked for is done, and the reply is lost. */
        REPLY
    }

    private record Trap(Pattern request, Cut cut, boolean staysAway) {}

    private final ServerSocket listening;
    private final int upstream;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Trap trap = new Trap(Pattern.compile("(?!)"), Cut.REQUEST, false);
    private volatile boolean away;
    private int cuts;

    public CutProxy(int upstream) {
        this.upstream = upstream;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /**
     * Breaks off the next connection with such a request.
     *
     * @param staysAway whether every other connection breaks too, until {@link #comeBack}
     */
    public synchronized void cut(Pattern request, Cut cut, boolean staysAway) {
        cuts = 0;
        trap = new Trap(request, cut, staysAway);
    }

    /** Lets everything through again; how often a connection was broken off at what was waited for. */
    public synchronized int comeBack() {
        trap = new Trap(Pattern.compile("(?!)"), Cut.REQUEST, false);
        away = false;
        return cuts;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (away) {
                    client.close();
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), upstream);
                sockets.addAll(List.of(client, server));
                Connection connection = new Connection(client, server);
                start(connection::requests);
                start(connection::replies);
            } catch (IOException e) {
                // closed
            }
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "cut-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    /** Whether this is what was waited for; nobody waits for it again. */
    private synchronized boolean takes(String request, Cut cut) {
        Trap armed = trap;
        if (armed.cut() != cut || !armed.request().matcher(request).find()) {
            return false;
        }
        trap = new Trap(Pattern.compile("(?!)"), Cut.REQUEST, false);
        cuts++;
        away = armed.staysAway();
        return true;
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile boolean muted;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            pass(client, server, bytes -> {
                if (away || takes(bytes, Cut.REQUEST)) {
                    throw new IOException("cut");
                }
                if (takes(bytes, Cut.REPLY)) {
                    muted = true;
                }
            });
        }

        void replies() {
            pass(server, client, bytes -> {
                if (muted || away) {
                    throw new IOException("cut");
                }
            });
        }

        private void pass(Socket from, Socket to, Inspection inspection) {
            byte[] buffer = new byte[1 << 20];
            try (from;
                    to) {
                InputStream in = from.getInputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    inspection.inspect(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    to.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException e) {
                // the other side sees it
            }
        }
    }

    private interface Inspection {
        void inspect(String bytes) throws IOException;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
