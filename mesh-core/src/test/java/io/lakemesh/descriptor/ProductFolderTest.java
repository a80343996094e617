package io.lakemesh.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductFolderTest {
    private Path outside;
    private Path folder;

    @BeforeEach
    void makeFolder(@TempDir Path temporary) throws IOException {
        outside = temporary;
        folder = Files.createDirectory(outside.resolve("product"));
        write("p.odps.yaml", product("c1"));
        write("contracts/c1.odcs.yaml", contract("c1", "1.0.0"));
    }

    @Test
    void readsTheProductAndTheContractsBelowIt() {
        ProductDescriptor descriptor = ProductFolder.load(folder);
        assertThat(descriptor.product().id()).isEqualTo("p");
        assertThat(descriptor.contracts()).map(DataContract::id).containsExactly("c1");
        assertThat(descriptor.contract("c1", "1.0.0")).isPresent();
        assertThat(descriptor.warnings()).isEmpty();
    }

    @Test
    void reportsEveryProblemOfEveryFile() throws IOException {
        write("p.odps.yaml", product("c1").replace("status", "staus"));
        write("contracts/c1.odcs.yaml", contract("c1", "1.0.0") + "extra: 1\n");
        write("contracts/c2.odcs.yaml", "a: [");
        assertRefused(
                "p.odps.yaml:1:1: the data product lacks the key 'status', expected text",
                "p.odps.yaml:4:1: unknown key 'staus' in the data product; did you mean 'status'?",
                "contracts/c1.odcs.yaml:6:1: unknown key 'extra' in the data contract, expected one of customProperties,"
                        + " authoritativeDefinitions, apiVersion, kind, id, version, status, name, tenant, dataProduct, domain,"
                        + " slaDefaultElement, contractCreatedTs, tags, servers, description, ...",
                "contracts/c2.odcs.yaml:1:5: this is no YAML: while parsing a flow node, expected the node content, but found"
                        + " '<stream end>'");
    }

    @Test
    void wantsExactlyOneProduct() throws IOException {
        write("q.odps.yaml", product("c1"));
        assertRefused(": the folder holds several products (p.odps.yaml, q.odps.yaml), expected one");
        Files.delete(folder.resolve("p.odps.yaml"));
        Files.delete(folder.resolve("q.odps.yaml"));
        assertRefused(": the folder holds no product, expected one file named *.odps.yaml");
    }

    @Test
    void refusesWhatIsNoFolder() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder.resolve("p.odps.yaml")))
                .withMessageContaining("p.odps.yaml: this is no folder, expected a product's folder");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder.resolve("none")))
                .withMessageContaining("none: there is no such folder");
    }

    @Test
    void warnsOfContractsThatNoPortNames() throws IOException {
        write("c2.odcs.yaml", contract("c2", "1.0.0"));
        assertThat(ProductFolder.load(folder).warnings())
                .map(Problem::toString)
                .containsExactly(
                        folder + "/c2.odcs.yaml:3:1: warning: no port of the product names contract 'c2' version"
                                + " '1.0.0'; did you mean 'c1 1.0.0'?");
    }

    @Test
    void refusesTwoContractsOfOneIdAndVersion() throws IOException {
        write("z/c1.odcs.yaml", contract("c1", "1.0.0"));
        write("z/c1-2.odcs.yaml", contract("c1", "2.0.0"));
        String earlier = folder + "/contracts/c1.odcs.yaml:3:1";
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder))
                .withMessageContaining(
                        "z/c1.odcs.yaml:3:1: contract 'c1' version '1.0.0' stands twice, also in " + earlier);
    }

    @Test
    void refusesDescriptorsThatAreSymbolicLinks() throws IOException {
        Path secret = Files.writeString(outside.resolve("secret"), "password: x");
        Files.createSymbolicLink(folder.resolve("s.odcs.yaml"), secret);
        Files.delete(folder.resolve("p.odps.yaml"));
        Files.createSymbolicLink(folder.resolve("p.odps.yaml"), Path.of("../secret"));
        assertRefused(
                "p.odps.yaml: this is a symbolic link, expected the file itself",
                "s.odcs.yaml: this is a symbolic link, expected the file itself",
                ": the folder holds no product, expected one file named *.odps.yaml");
    }

    @Test
    void followsNoLinkedFolderAndNoLoop() throws IOException {
        Path elsewhere = Files.createDirectory(outside.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("x.odcs.yaml"), "not: read");
        Files.createSymbolicLink(folder.resolve("more"), elsewhere);
        Files.createSymbolicLink(folder.resolve("loop"), folder);
        ProductDescriptor descriptor = ProductFolder.load(folder);
        assertThat(descriptor.contracts()).hasSize(1);
        assertThat(descriptor.warnings())
                .map(Problem::toString)
                .containsExactly(
                        folder + "/loop: warning: this symbolic link is not followed",
                        folder + "/more: warning: this symbolic link is not followed");
    }

    @Test
    void readsAFolderThatIsItselfNamedByALink() throws IOException {
        Path link = Files.createSymbolicLink(outside.resolve("link"), folder);
        assertThat(ProductFolder.load(link).contracts()).hasSize(1);
    }

    @Test
    void looksForContractsInNoPathThatAPortNames() throws IOException {
        Files.writeString(outside.resolve("c9.odcs.yaml"), contract("../c9.odcs.yaml", "1.0.0"));
        write("p.odps.yaml", product("../c9.odcs.yaml"));
        ProductDescriptor descriptor = ProductFolder.load(folder);
        assertThat(descriptor.contract("../c9.odcs.yaml", "1.0.0")).isEmpty();
    }

    @Test
    void skipsHiddenFolders() throws IOException {
        write(".git/x.odcs.yaml", "not: read");
        write("a/.mesh/x.odcs.yaml", "not: read");
        assertThat(ProductFolder.load(folder).contracts()).hasSize(1);
    }

    @Test
    void handlesOddFileNames() throws IOException {
        write("a\nb\u001b[31m.odcs.yaml", "x: 1");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder))
                .withMessageContaining("a\\u000ab\\u001b[31m.odcs.yaml:1:1: the data contract lacks");
    }

    @Test
    void warnsOfFilesThatLookLikeDescriptors() throws IOException {
        write("x.odcs.yml", "x: 1");
        write("below/p.odps.yaml", "x: 1");
        write("notes.yaml", "x: 1");
        String message =
                ": warning: this file is left out, expected the name to end in .odcs.yaml (or, in the product's own"
                        + " folder, .odps.yaml)";
        assertThat(ProductFolder.load(folder).warnings())
                .map(Problem::toString)
                .containsExactly(folder + "/below/p.odps.yaml" + message, folder + "/x.odcs.yml" + message);
    }

    @Test
    void refusesMoreContractsThanItReads() throws IOException {
        for (int i = 0; i < FolderListing.MOST_CONTRACTS; i++) {
            write("many/c%d.odcs.yaml".formatted(i), contract("m" + i, "1.0.0"));
        }
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder))
                .withMessageContaining(folder + ": the folder holds more than 200 contracts, expected fewer");
    }

    @Test
    void refusesContractsThatAreTooLargeTogether() throws IOException {
        for (int i = 0; i < 5; i++) {
            write("large%d.odcs.yaml".formatted(i), "#".repeat(4_000_000));
        }
        assertRefused(": the contracts are larger than 16777216 bytes together, expected fewer");
    }

    @Test
    void looksOnlySoDeep() throws IOException {
        write("1/2/3/4/5/6/7/8/x.odcs.yaml", contract("x", "1.0.0"));
        write("1/2/3/4/5/6/7/8/9/y.odcs.yaml", contract("y", "1.0.0"));
        ProductDescriptor descriptor = ProductFolder.load(folder);
        assertThat(descriptor.contracts()).map(DataContract::id).containsExactlyInAnyOrder("c1", "x");
        assertThat(descriptor.warnings())
                .map(Problem::toString)
                .contains(folder
                        + "/1/2/3/4/5/6/7/8/9: warning: this folder is deeper than 8 levels and is not looked into");
    }

    private void assertRefused(String... problems) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> ProductFolder.load(folder))
                .satisfies(refusal -> assertThat(refusal.problems())
                        .map(problem ->
                                problem.toString().replace(folder + "/", "").replace(folder.toString(), ""))
                        .containsExactlyInAnyOrder(problems));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String product(String contractId) {
        return "apiVersion: v1.0.0\nkind: DataProduct\nid: p\nstatus: active\noutputPorts:\n"
                + "  - {name: o, version: 1.0.0, contractId: " + contractId + "}\n";
    }

    private static String contract(String id, String version) {
        return "apiVersion: v3.1.0\nkind: DataContract\nid: " + id + "\nversion: " + version + "\nstatus: active\n";
    }
}
