package io.lakemesh.iceberg;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a client and a server of this machine, and at a request that a test is waiting for breaks the connection off, or
 * answers in the server's stead: before the server gets the request, or once the server has answered it, without passing that
 * answer on. A request must be in one piece, as those of databases' drivers and HTTP clients are that fit a buffer. Safe for use
 * by many threads.
 */
public final class CutProxy implements AutoCloseable {
    /** What never comes through. */
    public enum Cut {
        /** The request is lost. */
        REQUEST,
        /** What was asked for is done, and the reply is lost. */
        REPLY
    }

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    /**
     * What is waited for, and what is done then.
     *
     * @param reply what the client gets in place of the server's reply; its connection is broken off without one where that is
     *     empty, and stays open without one where it is null
     */
    private record Trap(Pattern request, Cut cut, boolean staysAway, @Nullable String reply) {
        static final Trap NONE = new Trap(NOTHING, Cut.REQUEST, false, "");

        Trap afterwards() {
            return new Trap(NOTHING, Cut.REQUEST, true, reply);
        }
    }

    private final ServerSocket listening;
    private final int upstream;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private Trap trap = Trap.NONE;
    private volatile @Nullable Trap away;
    private int cuts;
    private int refused;

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
    public void cut(Pattern request, Cut cut, boolean staysAway) {
        set(new Trap(request, cut, staysAway, ""));
    }

    /** Answers the next such request, and then closes its connection. */
    public void answer(Pattern request, Cut cut, String reply) {
        set(new Trap(request, cut, false, reply));
    }

    /** Answers the next such request, and from then on every other, until {@link #comeBack}. */
    public void answerAllFrom(Pattern request, Cut cut, String reply) {
        set(new Trap(request, cut, true, reply));
    }

    /** Takes the next such request, and from then on every other, and says nothing, until {@link #comeBack}. */
    public void swallowAllFrom(Pattern request) {
        set(new Trap(request, Cut.REQUEST, true, null));
    }

    private synchronized void set(Trap wanted) {
        cuts = 0;
        refused = 0;
        trap = wanted;
    }

    /** Lets everything through again; how often it was not let through what was waited for. */
    public synchronized int comeBack() {
        trap = Trap.NONE;
        away = null;
        return cuts;
    }

    /** Requests since the one that was waited for that were not let through either. */
    public synchronized int refused() {
        return refused;
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                if (breaksOff(away)) {
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

    /** What is done with a request that is not let through; null for others. */
    private synchronized @Nullable Trap take(String request) {
        if (away != null) {
            refused++;
            return away;
        }
        if (!trap.request().matcher(request).find()) {
            return null;
        }
        Trap met = trap;
        cuts++;
        trap = Trap.NONE;
        away = met.staysAway() ? met.afterwards() : null;
        return met;
    }

    private static boolean breaksOff(@Nullable Trap trap) {
        return trap != null && "".equals(trap.reply());
    }

    private final class Connection {
        private final Socket client;
        private final Socket server;
        private volatile @Nullable Trap muted;

        Connection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            pass(client, server, bytes -> {
                Trap met = take(bytes);
                if (met != null && met.cut() == Cut.REQUEST) {
                    end(met);
                }
                muted = met;
            });
        }

        void replies() {
            pass(server, client, bytes -> {
                Trap met = muted;
                if (met != null) {
                    end(met);
                }
                if (breaksOff(away)) {
                    throw new IOException("cut");
                }
            });
        }

        /** Answers, and listens until the client is done: whoever closes upon unread bytes resets the connection. */
        private void end(Trap met) throws IOException {
            String reply = met.reply();
            if (reply != null) {
                client.getOutputStream().write(reply.getBytes(StandardCharsets.ISO_8859_1));
                client.shutdownOutput();
            }
            if (!breaksOff(met)) {
                client.getInputStream().transferTo(OutputStream.nullOutputStream());
            }
            throw new IOException("cut");
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
