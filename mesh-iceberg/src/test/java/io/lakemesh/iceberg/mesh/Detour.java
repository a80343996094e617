package io.lakemesh.iceberg.mesh;

import io.lakemesh.MeshConfig;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A mesh whose way to one of its servers leads through another port of this machine, at which a proxy stands. */
final class Detour {
    private Detour() {}

    static int storagePort(MeshConfig mesh) {
        return URI.create(Objects.requireNonNull(mesh.warehouse().get("endpoint")))
                .getPort();
    }

    static int catalogPort(MeshConfig mesh) {
        return URI.create(Objects.requireNonNull(mesh.catalog().get("uri")).replace("jdbc:", ""))
                .getPort();
    }

    static MeshConfig toStorage(MeshConfig mesh, int port) {
        return Shop.config(mesh.home(), mesh.catalog(), through(mesh.warehouse(), "endpoint", storagePort(mesh), port));
    }

    static MeshConfig toCatalog(MeshConfig mesh, int port) {
        return Shop.config(mesh.home(), through(mesh.catalog(), "uri", catalogPort(mesh), port), mesh.warehouse());
    }

    private static Map<String, String> through(Map<String, String> section, String key, int from, int to) {
        Map<String, String> changed = new HashMap<>(section);
        changed.computeIfPresent(key, (name, uri) -> uri.replace(":" + from, ":" + to));
        return changed;
    }
}
