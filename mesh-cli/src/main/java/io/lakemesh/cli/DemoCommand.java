package io.lakemesh.cli;

import io.lakemesh.Mesh;
import io.lakemesh.cli.demo.Force;
import io.lakemesh.cli.demo.PoliceProducts;
import io.lakemesh.cli.demo.StopAndSearchSample;
import io.lakemesh.cli.page.PageContents;
import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.Style;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.MeshException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code mesh demo}: a story of police domains, told by the other commands on made-up records. */
@Command(
        name = "demo",
        description =
                "Publishes made-up police records: releases, a refused month, its mending, a diff, a rollback, and a page to look at.",
        footer = {
            "  mesh demo",
            "  mesh demo police --force essex --force kent --products-only   # product folders for real files"
        })
final class DemoCommand implements Callable<Integer> {
    private static final String PRODUCT = "essex/stop-and-search";
    private static final List<Force> FORCES = List.of(Force.ESSEX, Force.DURHAM, Force.CITY_OF_LONDON);
    private static final YearMonth JANUARY = YearMonth.of(2026, 1);

    private final MeshCommand mesh;

    @Parameters(
            paramLabel = "DIR",
            arity = "0..1",
            description = "a folder that is not there yet, or is empty; by default mesh-demo in the current folder")
    private @Nullable Path wanted;

    @Option(
            names = "--force",
            paramLabel = "NAME",
            description = "with --products-only: a force by its name on data.police.uk")
    private List<String> forces = List.of("city-of-london", "derbyshire", "durham", "essex", "leicestershire");

    @Option(names = "--products-only", description = "writes the forces' product folders and stops")
    private boolean productsOnly;

    DemoCommand(MeshCommand mesh) {
        this.mesh = mesh;
    }

    @Override
    public Integer call() {
        Path folder = fresh();
        if (productsOnly) {
            writeProducts(folder, forces);
            mesh.screen()
                    .message(
                            "Wrote the products of " + String.join(", ", forces) + " to " + folder.resolve("products"));
            return ExitCode.DONE;
        }
        boolean json = mesh.output == OutputFormat.json;
        Path page =
                new Story(folder, json ? mesh.screen().writingTo(mesh.screen().err()) : mesh.screen()).tell();
        if (json) {
            mesh.screen()
                    .raw(Json.write(Node.mapping()
                            .put("folder", folder.toString())
                            .put("product", PRODUCT)
                            .put("page", page.toString())
                            .build()));
        }
        return ExitCode.DONE;
    }

    /** The folder that was asked for, or the first of mesh-demo, mesh-demo-2, ... that is free. */
    private Path fresh() {
        if (wanted != null) {
            if (!isFree(wanted)) {
                throw new InvalidInputException("Cannot use " + wanted + " for the demo: it is not empty");
            }
            return wanted;
        }
        return Stream.iterate(1, number -> number + 1)
                .map(number -> Path.of(number == 1 ? "mesh-demo" : "mesh-demo-" + number))
                .filter(DemoCommand::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(Path folder) {
        if (!Files.exists(folder)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    private static void writeProducts(Path folder, List<String> forces) {
        forces.forEach(force -> PoliceProducts.write(folder.resolve("products").resolve(force), force));
    }

    /** The chapters, each told by real commands. */
    private static final class Story {
        private final Path folder;
        private final Screen screen;
        private int chapter;

        Story(Path folder, Screen screen) {
            this.folder = folder;
            this.screen = screen;
        }

        Path tell() {
            prepare();
            screen.line(Style.FAINT, "$ cd " + folder);
            chapter("Three forces promise the same of their records: one contract template, a product each.");
            run(
                    ExitCode.DONE,
                    both("validate", FORCES.stream().map(this::product).toList()));

            chapter(
                    "January arrives, then February. Dirty rows are set aside with their reasons, the good ones are released.");
            publish(JANUARY);
            publish(JANUARY.plusMonths(1));

            chapter("A job that runs twice does no harm.");
            run(ExitCode.DONE, "publish", product(Force.ESSEX), "--input", records(Force.ESSEX, JANUARY));

            chapter(
                    "March comes from a new system that writes its own codes. The gate refuses it; readers notice nothing.");
            YearMonth march = JANUARY.plusMonths(2);
            String spoiled = spoil(march);
            run(ExitCode.REFUSED, "publish", product(Force.ESSEX), "--input", spoiled, "--run-id", "essex-2026-03");

            chapter("The domain sees why, with file and line of each row.");
            run(ExitCode.DONE, "quarantine", PRODUCT);

            chapter("March is delivered again, mended.");
            run(
                    ExitCode.DONE,
                    "publish",
                    product(Force.ESSEX),
                    "--input",
                    records(Force.ESSEX, march),
                    "--resolves",
                    "essex-2026-03");

            chapter("What did March change?");
            run(ExitCode.DONE, "diff", PRODUCT, "2", "3");

            chapter("Essex withdraws it. That is a new release which points back: nothing is lost.");
            run(ExitCode.DONE, "rollback", PRODUCT, "--to", "2");
            run(ExitCode.DONE, "history", PRODUCT);

            chapter("Anybody can read any release, and check that it is what its manifest says.");
            run(
                    ExitCode.DONE,
                    "read",
                    PRODUCT + "@3",
                    "--where",
                    "outcome = 'Arrest' AND MONTH(searched_at) = 3",
                    "--columns",
                    "searched_at,object_of_search,outcome",
                    "--limit",
                    "3");
            run(ExitCode.DONE, "verify", PRODUCT);

            chapter(
                    "Four people read the same release, each for a purpose of their own. The policy says what each sees.");
            readAs("sam", "stewards", "stewardship");
            readAs("olu", "officers,force:essex", "operations");
            readAs("ann", "analysts", "statistics");
            readAs("ray", "researchers", "research");
            run(
                    ExitCode.ACCESS_DENIED,
                    "policy",
                    "explain",
                    PRODUCT,
                    "--as",
                    "ann",
                    "--groups",
                    "analysts",
                    "--purpose",
                    "research");
            run(ExitCode.DONE, "policy", "who", PRODUCT + ".age_range");

            chapter("The governance group has written down what it expects, and tries whether the policy does it.");
            run(ExitCode.DONE, "policy", "test");

            chapter("What was decided is written down, each record with the hash of the one before.");
            run(ExitCode.DONE, "audit", "--product", PRODUCT, "--limit", "5");
            run(ExitCode.DONE, "audit", "verify");
            return page();
        }

        private void readAs(String user, String groups, String purpose) {
            run(
                    ExitCode.DONE,
                    "read",
                    PRODUCT + "@3",
                    "--as",
                    user,
                    "--groups",
                    groups,
                    "--purpose",
                    purpose,
                    "--where",
                    "MONTH(searched_at) = 3",
                    "--columns",
                    "searched_at,latitude,age_range,officer_defined_ethnicity,outcome",
                    "--limit",
                    "2");
        }

        private void prepare() {
            screen.line(
                    Style.BOLD, "The demo lives in " + folder.toAbsolutePath().normalize());
            writeProducts(folder, FORCES.stream().map(Force::id).toList());
            try {
                Files.writeString(
                        folder.resolve("mesh.yaml"), "mesh:\n  name: police-demo\npolicy:\n  folder: policy\n");
                PoliceProducts.writePolicy(folder);
                Files.createDirectories(folder.resolve("records"));
                for (Force force : FORCES) {
                    for (int month = 0; month < 3; month++) {
                        StopAndSearchSample.ofDemo(force, JANUARY.plusMonths(month))
                                .writeTo(Path.of(records(force, JANUARY.plusMonths(month))));
                    }
                }
            } catch (IOException e) {
                throw new InvalidInputException("Cannot write to " + folder + ": " + e, e);
            }
        }

        private String product(Force force) {
            return folder.resolve("products").resolve(force.id()).toString();
        }

        private String records(Force force, YearMonth month) {
            return folder.resolve("records")
                    .resolve(StopAndSearchSample.ofDemo(force, month).fileName())
                    .toString();
        }

        /** The month as a system would write it that has its own words for outcomes. */
        private String spoil(YearMonth month) {
            Path spoiled = folder.resolve("records").resolve(month + "-essex-new-system.csv");
            try {
                String text = Files.readString(Path.of(records(Force.ESSEX, month)));
                Files.writeString(
                        spoiled,
                        text.replace("A no further action disposal", "NFA").replace(",Arrest,", ",ARR,"));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + spoiled, e);
            }
            return spoiled.toString();
        }

        /** Essex in full, of the others the headline. */
        private void publish(YearMonth month) {
            run(ExitCode.DONE, "publish", product(Force.ESSEX), "--input", records(Force.ESSEX, month));
            FORCES.stream().skip(1).forEach(force -> {
                String[] arguments = {"publish", product(force), "--input", records(force, month)};
                StringWriter said = new StringWriter();
                run(screen.writingTo(new PrintWriter(said)), ExitCode.DONE, arguments);
                said.toString().lines().limit(1).forEach(screen::raw);
            });
        }

        private Path page() {
            Path page = folder.resolve("essex-stop-and-search.html");
            try (Mesh opened = Mesh.open(folder.resolve("mesh.yaml"))) {
                Files.writeString(page, PageContents.page(opened.product(PRODUCT), Instant.now()));
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot write " + page, e);
            }
            chapter("And a page for people, made from the lakehouse's own records:");
            screen.line(Style.BOLD, "  " + page.toAbsolutePath().normalize());
            screen.blank();
            screen.line("Go on from here: every command above works in that folder, and 'mesh --help' lists more.");
            return page;
        }

        private void chapter(String text) {
            screen.blank();
            screen.line(Style.BOLD, ++chapter + ". " + text);
        }

        private static String[] both(String command, List<String> arguments) {
            return Stream.concat(Stream.of(command), arguments.stream()).toArray(String[]::new);
        }

        private void run(int expected, String... arguments) {
            run(screen, expected, arguments);
        }

        private void run(Screen to, int expected, String... arguments) {
            screen.blank();
            screen.line(Style.FAINT, "$ mesh " + shown(arguments));
            List<String> all = new ArrayList<>(
                    List.of("--config", folder.resolve("mesh.yaml").toString()));
            all.addAll(Arrays.asList(arguments));
            int code = MeshCommand.run(to, all.toArray(String[]::new));
            if (code != expected) {
                throw new MeshException("The demo broke off: 'mesh " + arguments[0] + "' ended with " + code
                        + ", expected " + expected);
            }
        }

        /** As it can be said in the demo's folder. */
        private String shown(String[] arguments) {
            return Arrays.stream(arguments)
                    .map(argument -> argument.replace(folder + "/", ""))
                    .map(argument -> argument.matches("[A-Za-z0-9@./,:_=+-]+") ? argument : "\"" + argument + "\"")
                    .collect(Collectors.joining(" "));
        }
    }
}
