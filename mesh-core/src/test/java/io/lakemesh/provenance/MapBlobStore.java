package io.lakemesh.provenance;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Blobs in memory; counts the reads. */
public final class MapBlobStore implements BlobStore {
    final TreeMap<String, byte[]> blobs = new TreeMap<>();
    public int reads;

    @Override
    public void put(String path, byte[] content) {
        blobs.put(path, content.clone());
    }

    @Override
    public Optional<byte[]> get(String path) {
        reads++;
        return Optional.ofNullable(blobs.get(path)).map(byte[]::clone);
    }

    @Override
    public List<String> list(String prefix) {
        return blobs.keySet().stream().filter(path -> path.startsWith(prefix)).toList();
    }

    @Override
    public void delete(String path) {
        blobs.remove(path);
    }

    @Override
    public String location(String path) {
        return "memory:/" + path;
    }
}
