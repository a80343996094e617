package io.lakemesh.contract;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataContract.SchemaObject;
import io.lakemesh.descriptor.DataProduct;
import io.lakemesh.descriptor.DataProduct.InputPort;
import io.lakemesh.descriptor.DataProduct.OutputPort;
import io.lakemesh.descriptor.ProductDescriptor;
import io.lakemesh.document.Node;
import io.lakemesh.error.NearMatch;
import io.lakemesh.error.Place;
import io.lakemesh.error.Problem;
import io.lakemesh.error.Problems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Resolves a product's descriptors into what a run executes, and says all that publishing would trip over. */
public final class ProductContracts {
    private static final int LONGEST_TABLE_NAME = 200;

    private final ProductDescriptor descriptor;
    private final ProductAddress address;
    private final Problems problems = new Problems();
    private final List<TableContract> tables = new ArrayList<>();
    private final Map<TableName, String> taken = new HashMap<>();

    private ProductContracts(ProductDescriptor descriptor) {
        this.descriptor = descriptor;
        DataProduct product = descriptor.product();
        this.address = new ProductAddress(given("domain", product.domain()), given("name", product.name()));
    }

    /**
     * Validates a product for publishing.
     *
     * @throws io.lakemesh.error.InvalidInputException with every problem, each with its place
     */
    public static ProductContract compile(ProductDescriptor descriptor) {
        return new ProductContracts(descriptor).compile();
    }

    private ProductContract compile() {
        DataProduct product = descriptor.product();
        given("id", product.id());
        checkNamespace(product);
        OwnProperty.check(product.customProperties(), OwnProperty.Level.PRODUCT, problems);
        product.inputPorts().forEach(this::checkInput);
        if (product.outputPorts().isEmpty()) {
            problems.error(
                    product.document().placeOf("outputPorts"),
                    "the product has no output port: there is nothing to publish");
        }
        checkPortNames(product.outputPorts());
        product.outputPorts().forEach(this::addPort);
        checkQuarantineNames();
        problems.throwIfErrors();
        List<Problem> warnings = new ArrayList<>(descriptor.warnings());
        warnings.addAll(problems.warnings());
        return new ProductContract(address, product.id(), tables, warnings, descriptor);
    }

    private String given(String key, @Nullable String value) {
        if (value == null || value.isBlank()) {
            problems.error(
                    descriptor.product().document().placeOf(key),
                    "the product has no " + key + ": it is needed to publish");
            return "";
        }
        if (value.length() > Names.LONGEST || value.codePoints().anyMatch(Character::isISOControl)) {
            problems.error(
                    descriptor.product().document().placeOf(key),
                    "the product's " + key + " holds a control character or more than " + Names.LONGEST
                            + " characters");
        }
        return value;
    }

    private void checkNamespace(DataProduct product) {
        if (address.domain().startsWith(Protection.Keyed.SHARED)) {
            problems.error(
                    product.document().placeOf("domain"),
                    "domain " + Names.quoted(address.domain())
                            + " has the name of a key that domains share; name it otherwise");
        }
        if (TableNames.part(address.domain()).equals(TableNames.OWN_NAMESPACE)) {
            problems.error(
                    product.document().placeOf("domain"),
                    "domain " + Names.quoted(address.domain())
                            + " is reserved for the mesh's own tables: choose another");
        }
    }

    private void checkInput(InputPort port) {
        if (TableNames.major(port.version()).isEmpty()) {
            problems.error(port.node().placeOf("version"), unreadable(port.version()));
        }
    }

    private static String unreadable(String version) {
        return "version " + Names.quoted(version) + " has no major number, expected one such as 1.0.0";
    }

    private void checkPortNames(List<OutputPort> ports) {
        Map<String, OutputPort> seen = new HashMap<>();
        for (OutputPort port : ports) {
            OwnProperty.check(port.customProperties(), OwnProperty.Level.PORT, problems);
            String key = port.name().toLowerCase(Locale.ROOT) + " " + port.version();
            if (seen.putIfAbsent(key, port) != null) {
                problems.error(
                        port.node().placeOf("name"),
                        "output port " + Names.quoted(port.name()) + " version " + Names.quoted(port.version())
                                + " stands twice");
            }
        }
    }

    private void addPort(OutputPort port) {
        if (port.contractId() == null) {
            problems.error(
                    port.node().place(),
                    "output port " + Names.quoted(port.name()) + " names no contract: contractId is missing");
            return;
        }
        Optional<DataContract> contract = descriptor.contract(port.contractId(), port.version());
        if (contract.isEmpty()) {
            reportMissing(port, port.contractId());
        } else {
            addContract(port, contract.get());
        }
    }

    private void reportMissing(OutputPort port, String contractId) {
        List<String> versions = descriptor.contracts().stream()
                .filter(contract -> contract.id().equals(contractId))
                .map(DataContract::version)
                .toList();
        if (versions.isEmpty()) {
            List<String> ids =
                    descriptor.contracts().stream().map(DataContract::id).toList();
            problems.error(
                    port.node().placeOf("contractId"),
                    "no contract in the product's folder has the id " + Names.quoted(contractId)
                            + NearMatch.hint(contractId, ids));
        } else {
            problems.error(
                    port.node().placeOf("version"),
                    "contract " + Names.quoted(contractId) + " has no version " + Names.quoted(port.version())
                            + " in the product's folder, only " + String.join(", ", versions));
        }
    }

    private void addContract(OutputPort port, DataContract contract) {
        checkNullValues(contract);
        contract.roles().forEach(role -> OwnProperty.check(role.customProperties(), OwnProperty.Level.ROLE, problems));
        OptionalInt major = TableNames.major(contract.version());
        if (major.isEmpty()) {
            problems.error(contract.document().placeOf("version"), unreadable(contract.version()));
        }
        if (contract.schema().isEmpty()) {
            problems.error(
                    contract.document().placeOf("schema"),
                    "contract " + Names.quoted(contract.id()) + " has no schema: it describes no table");
        }
        Names names = new Names("object", problems);
        ServiceLevelReader serviceLevels = new ServiceLevelReader(contract.slaProperties(), problems);
        List<String> elements = new ArrayList<>();
        for (SchemaObject object : contract.schema()) {
            names.add(object.name(), object.node().placeOf("name"));
            TableName table = TableNames.of(address, object.name(), major.orElse(0));
            claim(table, port, object);
            TableContract read = new TableReader(contract, object, problems).read(port.name(), table, serviceLevels);
            read.columns().forEach(column -> elements.add(object.name() + "." + column.name()));
            tables.add(read);
        }
        if (!contract.schema().isEmpty()) {
            serviceLevels.reportUnresolved(elements);
        }
    }

    private void checkNullValues(DataContract contract) {
        OwnProperty.check(contract.customProperties(), OwnProperty.Level.CONTRACT, problems);
        String key = OwnProperty.NULL_VALUES.key();
        if (contract.customProperties().get(key).orElse(null) instanceof Node.Mapping) {
            problems.error(contract.customProperties().placeOf(key), key + " takes a list of texts");
        }
    }

    private void claim(TableName table, OutputPort port, SchemaObject object) {
        Place place = object.node().placeOf("name");
        if (table.name().length() > LONGEST_TABLE_NAME || table.namespace().length() > LONGEST_TABLE_NAME) {
            problems.error(place, "the table's name would have more than " + LONGEST_TABLE_NAME + " characters");
        }
        String owner = "object " + Names.quoted(object.name()) + " of port " + Names.quoted(port.name());
        String earlier = taken.putIfAbsent(table, owner);
        if (earlier != null) {
            problems.error(place, owner + " would be table " + table + ", as " + earlier + " is");
        }
    }

    private void checkQuarantineNames() {
        for (TableName table : List.copyOf(taken.keySet())) {
            TableName quarantine = new TableName(table.namespace(), table.name() + "_quarantine");
            if (taken.containsKey(quarantine)) {
                problems.error(
                        descriptor.product().document().placeOf("outputPorts"),
                        taken.get(quarantine) + " would be table " + quarantine + ", where the bad rows of "
                                + taken.get(table) + " are kept");
            }
        }
    }
}
