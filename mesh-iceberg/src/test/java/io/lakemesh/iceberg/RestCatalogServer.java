package io.lakemesh.iceberg;

import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;

/** Iceberg's reference REST catalog on a free loopback port, in front of another catalog. */
final class RestCatalogServer implements AutoCloseable {
    private final Server server;
    private final Catalog behind;

    private RestCatalogServer(Server server, Catalog behind) {
        this.server = server;
        this.behind = behind;
    }

    static RestCatalogServer start(CatalogSettings settings) {
        Catalog behind = settings.openCatalog(settings.openStorage());
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(behind))), "/*");
        server.setHandler(context);
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the REST catalog does not start", e);
        }
        return new RestCatalogServer(server, behind);
    }

    int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** The {@code catalog} section of a mesh that uses it. */
    Map<String, String> catalog() {
        return Map.of("type", "rest", "uri", "http://127.0.0.1:" + port());
    }

    @Override
    public void close() {
        try {
            server.stop();
            ((Closeable) behind).close();
        } catch (IOException e) {
            throw new IllegalStateException("the catalog behind the REST catalog does not close", e);
        } catch (Exception e) {
            throw new IllegalStateException("the REST catalog does not stop", e);
        }
    }
}
