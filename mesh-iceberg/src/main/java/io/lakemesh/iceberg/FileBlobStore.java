package io.lakemesh.iceberg;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.provenance.BlobStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/** Documents as files under one folder of the warehouse. */
final class FileBlobStore implements BlobStore {
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
    private static final Pattern DOTS = Pattern.compile("(^|/)\\.{1,2}(/|$)");

    private final FileIO io;
    private final String root;

    FileBlobStore(FileIO io, String warehouse) {
        this.io = io;
        this.root = warehouse + "/.lakemesh/";
    }

    @Override
    public void put(String path, byte[] content) {
        Failures.reaching(() -> write(path, content));
    }

    private String write(String path, byte[] content) {
        try (OutputStream out = io.newOutputFile(location(path)).createOrOverwrite()) {
            out.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + path, e);
        }
        return path;
    }

    @Override
    public Optional<byte[]> get(String path) {
        return Failures.reaching(() -> read(path));
    }

    private Optional<byte[]> read(String path) {
        InputFile file = io.newInputFile(location(path));
        try (InputStream in = file.newStream()) {
            return Optional.of(in.readAllBytes());
        } catch (NotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        if (!prefix.endsWith("/")) {
            throw new InvalidInputException("Cannot list documents: prefix " + prefix + " does not end in /");
        }
        String folder = location(prefix.substring(0, prefix.length() - 1)) + "/";
        return Failures.reaching(() -> files(folder)).stream()
                .map(FileInfo::location)
                .map(location -> location.substring(location.lastIndexOf(folder) + folder.length()))
                .filter(name -> !name.endsWith(".tmp"))
                .map(name -> prefix + name)
                .sorted()
                .toList();
    }

    private List<FileInfo> files(String folder) {
        try {
            return StreamSupport.stream(prefixes().listPrefix(folder).spliterator(), false)
                    .toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof FileNotFoundException) {
                // Hadoop's storage has folders, and does not have this one
                return List.of();
            }
            throw e;
        }
    }

    private SupportsPrefixOperations prefixes() {
        if (io instanceof SupportsPrefixOperations prefixes) {
            return prefixes;
        }
        throw new InvalidInputException("Cannot list the warehouse's files: its file-io "
                + io.getClass().getName() + " lists none; choose one that does");
    }

    /** The storage's own time, as it stamps a file that is written now. */
    Instant now() {
        String path = "clock/" + UUID.randomUUID();
        put(path, new byte[] {'\n'});
        try {
            return files(location(path)).stream()
                    .map(file -> Instant.ofEpochMilli(file.createdAtMillis()))
                    .findFirst()
                    .orElseThrow(() -> new IntegrityException("Cannot find " + location(path) + ", just written"));
        } finally {
            delete(path);
        }
    }

    /** Every file below a folder of the warehouse. */
    List<FileInfo> listed(String folder) {
        return Failures.reaching(() -> files(folder));
    }

    @Override
    public void delete(String path) {
        Failures.reaching(() -> {
            io.deleteFile(location(path));
            return path;
        });
    }

    @Override
    public String location(String path) {
        if (!PATH.matcher(path).matches() || DOTS.matcher(path).find()) {
            throw new InvalidInputException("Cannot use " + path
                    + " as a document's path: expected letters, digits, '.', '_' and '-' between single slashes");
        }
        return root + path;
    }
}
