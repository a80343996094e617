package io.lakemesh.cli;

import io.lakemesh.cli.report.InitReport;
import io.lakemesh.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code mesh init}. */
@Command(
        name = "init",
        description =
                "Starts a product: a folder with a descriptor, a contract to edit and a sample of data that it accepts.",
        footer = {"  mesh init products/orders", "  mesh publish products/orders --input products/orders/sample.csv"})
final class InitCommand implements Callable<Integer> {
    private static final List<String> FILES = List.of("product.odps.yaml", "contracts/orders.odcs.yaml", "sample.csv");

    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "DIR",
            description = "the product's folder; made if it is not there; nothing in it is overwritten")
    private Path folder;

    InitCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        FILES.stream().map(folder::resolve).filter(Files::exists).findFirst().ifPresent(file -> {
            throw new InvalidInputException("Cannot start a product in " + folder + ": " + file + " is there already");
        });
        List<Path> written = new ArrayList<>();
        FILES.forEach(file -> written.add(write(folder.resolve(file), template(file))));
        return mesh.show(new InitReport(folder, written));
    }

    private String template(String file) {
        try (InputStream in = InitCommand.class.getResourceAsStream("init/" + file)) {
            if (in == null) {
                throw new IllegalStateException("Cannot find init/" + file + " on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("<name>", name());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read init/" + file, e);
        }
    }

    /** The folder's name as a product's: lower case, hyphens between words. */
    private String name() {
        Path last = folder.toAbsolutePath().normalize().getFileName();
        String name = last == null
                ? ""
                : last.toString()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^-|-$", "");
        return name.isEmpty() ? "orders" : name;
    }

    private static Path write(Path file, String content) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new InvalidInputException("Cannot write " + file + ": " + e, e);
        }
    }
}
