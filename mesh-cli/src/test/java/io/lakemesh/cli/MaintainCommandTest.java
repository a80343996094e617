package io.lakemesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.document.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MaintainCommandTest {
    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void publishTwoProducts() throws IOException {
        cli = Cli.in(folder);
        for (String name : List.of("orders", "returns")) {
            Path product = folder.resolve("products/" + name);
            cli.run("init", product);
            for (int i = 0; i < 7; i++) {
                Path batch = Files.writeString(
                        folder.resolve(name + i + ".csv"),
                        "order_id,ordered_at,amount,state\nO-" + i + ",2026-01-05T09:12:00Z,1.00,open\n");
                assertThat(cli.run("publish", product, "--input", batch).err()).isEmpty();
                assertThat(cli.run("sync").code()).isZero();
            }
        }
    }

    @Test
    void allProductsAndTheStewardsTablesAreLookedAfterAndADryRunOnlyTells() throws IOException {
        Path left = leaveFile(folder.resolve(".mesh/warehouse/lakemesh/runs/data"));
        List<Path> files = files();

        Node.Mapping planned = cli.json("maintain", "--all", "--dry-run").json();

        assertThat(files()).isEqualTo(files);
        assertThat(cli.run("doctor").out())
                .contains("files of the stewards' tables")
                .contains("1 that nothing needs, 4 bytes: mesh maintain --all removes them");
        Node.Mapping done = cli.json("maintain", "--all").json();
        for (Node.Mapping report : List.of(planned, done)) {
            assertThat(compacted(report))
                    .containsExactlyInAnyOrder(
                            "my_domain.orders_orders_v1 6",
                            "my_domain.returns_orders_v1 6",
                            "lakemesh.audit 13",
                            "lakemesh.checks 13",
                            "lakemesh.releases 13",
                            "lakemesh.runs 13");
            assertThat(report.list("stewards").toString()).contains(left.toString());
        }
        assertThat(left).doesNotExist();
        assertThat(cli.run("sync").out()).contains("lakemesh.runs").doesNotContainPattern("[1-9]");
        assertThat(cli.run("maintain", "--all", "--dry-run").out()).startsWith("To be done");
        assertThat(compacted(cli.json("maintain", "--all").json())).allMatch(table -> table.endsWith(" 0"));
    }

    @Test
    void oneProductAloneLeavesTheOthersAndTheStewardsTablesAlone() {
        assertThat(compacted(cli.json("maintain", "my-domain/orders").json()))
                .containsExactly("my_domain.orders_orders_v1 6");
        assertThat(compacted(cli.json("maintain", "--all").json()))
                .contains("my_domain.returns_orders_v1 6", "lakemesh.runs 13");
    }

    /** As a sync does that was killed long ago. */
    private static Path leaveFile(Path data) throws IOException {
        Path file = Files.writeString(data.resolve("0b9ef1b0-6a52-4b1c-9d3e-5b8f0c2a7d11-00001.parquet"), "left");
        return Files.setLastModifiedTime(file, FileTime.fromMillis(1));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve(".mesh/warehouse"))) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Each table with how many of its files were put together. */
    private static List<String> compacted(Node.Mapping report) {
        Stream<Node> products =
                report.list("products").stream().flatMap(product -> ((Node.Mapping) product).list("tables").stream());
        return Stream.concat(products, report.list("stewards").stream())
                .map(Node.Mapping.class::cast)
                .map(table -> table.text("table").orElseThrow() + " "
                        + table.text("compacted").orElseThrow())
                .toList();
    }
}
