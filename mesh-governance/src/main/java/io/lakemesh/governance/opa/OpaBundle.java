package io.lakemesh.governance.opa;

import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.provenance.Digests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A bundle for Open Policy Agent: our Rego, the data of the policies, and the governance group's Rego. The same policies give the
 * same bytes; the revision is a digest of the content.
 */
public final class OpaBundle {
    private static final List<String> LIBRARY = List.of("decision.rego", "trino.rego");
    private static final Pattern GOVERNANCE = Pattern.compile("(?m)^package governance\\s*$");
    private static final String OWN = "lakemesh";
    private static final String THEIRS = "governance";
    private static final int MODE = 0644;

    private final Map<String, byte[]> files;
    private final String revision;

    private OpaBundle(String revision, Map<String, byte[]> files) {
        this.revision = revision;
        this.files = files;
    }

    private static OpaBundle of(Map<String, byte[]> files) {
        String revision = digest(files);
        Map<String, byte[]> all = new TreeMap<>(files);
        Node manifest = Node.mapping()
                .put("revision", revision)
                .put("roots", List.of(OWN, THEIRS))
                .put("rego_version", 1)
                .build();
        all.put(".manifest", CanonicalJson.write(manifest));
        all.put(OWN + "/revision/data.json", CanonicalJson.write(Node.of(Map.of("digest", revision))));
        return new OpaBundle(revision, all);
    }

    /** The same, with a signature that an OPA can be told to ask for. */
    public OpaBundle signed(BundleSigner signer) {
        return with(".signatures.json", signer.sign(files));
    }

    /** The same with another file, under the same revision. */
    OpaBundle with(String name, byte[] content) {
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put(name, content);
        return new OpaBundle(revision, all);
    }

    /**
     * Builds a bundle.
     *
     * @param catalogs the names by which Trino knows the lakehouse
     * @param rego the governance group's files, {@code package governance} each
     * @throws InvalidInputException if one of them is of another package
     */
    public static OpaBundle build(List<GovernedTable> tables, List<String> catalogs, List<Path> rego) {
        Map<String, byte[]> files = new TreeMap<>();
        LIBRARY.forEach(name -> files.put(OWN + "/" + name, library(name)));
        rego.forEach(file -> files.put(THEIRS + "/" + file.getFileName(), governance(file)));
        files.put(OWN + "/policy/data.json", CanonicalJson.write(PolicyData.of(tables, catalogs)));
        return of(files);
    }

    /** Whether a file's name is one that only bundles have. */
    static boolean isUnderItsRoots(String name) {
        return name.startsWith(OWN + "/") || name.startsWith(THEIRS + "/");
    }

    /** The governance group's Rego in a policy folder, tests left out; sorted. */
    public static List<Path> rego(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".rego")
                            && !file.toString().endsWith("_test.rego")
                            && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list " + folder, e);
        }
    }

    private static byte[] library(String name) {
        try (InputStream resource = Objects.requireNonNull(OpaBundle.class.getResourceAsStream(name), name)) {
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + name, e);
        }
    }

    private static byte[] governance(Path file) {
        try {
            byte[] content = Files.readAllBytes(file);
            if (!GOVERNANCE.matcher(new String(content, StandardCharsets.UTF_8)).find()) {
                throw new InvalidInputException(
                        "Invalid " + file + ": expected 'package governance', with the rules allow and deny");
            }
            return content;
        } catch (IOException e) {
            throw new InvalidInputException(
                    "Cannot read " + file + ": " + e.getClass().getSimpleName(), e);
        }
    }

    private static String digest(Map<String, byte[]> files) {
        List<String> texts = new ArrayList<>();
        files.forEach((name, content) -> texts.addAll(List.of(name, Digests.of(content))));
        return Digests.of(texts);
    }

    /** SHA-256 over the files and their names. */
    public String revision() {
        return revision;
    }

    /** The files by their path in the bundle. */
    Map<String, byte[]> files() {
        return files;
    }

    /** A gzipped tar, as OPA takes it. */
    public byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        write(bytes);
        return bytes.toByteArray();
    }

    private void write(OutputStream out) {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                entry.setMode(MODE);
                entry.setModTime(0);
                entry.setIds(0, 0);
                entry.setNames("", "");
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write a bundle", e);
        }
    }
}
