package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.PartitionField;
import io.lakemesh.contract.TableContract.SortField;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.TableSchema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.NullOrder;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.Transactions;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.UpdateProperties;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Term;
import org.jspecify.annotations.Nullable;

/**
 * Opens transactions in which a table is as its contract says: new, or evolved from what is there. Staging opens one to learn
 * ids and lets it go; publishing opens one to commit.
 */
final class TableDefinition {
    private static final Pattern VERSIONED = Pattern.compile("(.*)_v(\\d+)");

    private final IcebergCatalog catalog;

    TableDefinition(IcebergCatalog catalog) {
        this.catalog = catalog;
    }

    Transaction begin(TableContract contract) {
        return begin(contract, catalog.operations(contract.table()));
    }

    Transaction begin(TableContract contract, GuardedTableOperations operations) {
        try {
            return operations.refresh() == null ? createOrEvolve(contract, operations) : evolve(contract, operations);
        } catch (IllegalArgumentException | org.apache.iceberg.exceptions.ValidationException e) {
            throw new InvalidInputException(
                    "Cannot give table " + contract.table() + " the shape of its contract: " + e.getMessage(), e);
        }
    }

    private Transaction createOrEvolve(TableContract contract, GuardedTableOperations operations) {
        try {
            return create(contract, operations);
        } catch (AlreadyExistsException e) {
            // another run made the table since it was looked for
            if (operations.refresh() == null) {
                throw e;
            }
            return evolve(contract, operations);
        }
    }

    private Transaction create(TableContract contract, GuardedTableOperations operations) {
        catalog.requireKeeping();
        BaseTable predecessor = predecessor(contract);
        FieldIds ids = predecessor == null
                ? new FieldIds(null, 0)
                : new FieldIds(
                        predecessor.schema(), predecessor.operations().current().lastColumnId());
        TableSchema columns = ids.assign(contract.schema(), contract.columns());
        Schema schema = Schemas.toIceberg(columns);
        // catalogs number the columns of new tables anew: ours have the ids of the major version before
        TableMetadata metadata = TableMetadata.buildFrom(start(contract, schema, operations))
                .setCurrentSchema(schema, ids.last())
                .setDefaultPartitionSpec(spec(contract, schema))
                .setDefaultSortOrder(order(contract, schema))
                .build();
        return Transactions.createTableTransaction(contract.table().toString(), operations, metadata);
    }

    private TableMetadata start(TableContract contract, Schema schema, GuardedTableOperations operations) {
        try {
            return operations.start(
                    schema, spec(contract, schema), order(contract, schema), properties(contract, schema));
        } catch (NoSuchNamespaceException e) {
            // REST catalogs prepare tables in namespaces that are there
            catalog.ensureNamespace(contract.table().namespace());
            return operations.start(
                    schema, spec(contract, schema), order(contract, schema), properties(contract, schema));
        }
    }

    private static Map<String, String> properties(TableContract contract, Schema schema) {
        Map<String, String> properties =
                new HashMap<>(TableProperties.writing(!contract.partition().isEmpty()));
        properties.putAll(TableProperties.ofContract(contract, schema));
        return properties;
    }

    /** The table of the highest earlier major version of the same object. */
    private @Nullable BaseTable predecessor(TableContract contract) {
        var name = VERSIONED.matcher(contract.table().name());
        if (!name.matches()) {
            return null;
        }
        long major = Long.parseLong(name.group(2));
        TableName before = null;
        long highest = -1;
        for (TableName table : catalog.tables(contract.table().namespace())) {
            var other = VERSIONED.matcher(table.name());
            if (other.matches() && other.group(1).equals(name.group(1))) {
                long number = Long.parseLong(other.group(2));
                if (number < major && number > highest) {
                    before = table;
                    highest = number;
                }
            }
        }
        return before == null ? null : catalog.find(before);
    }

    private static PartitionSpec spec(TableContract contract, Schema schema) {
        PartitionSpec.Builder builder = PartitionSpec.builderFor(schema);
        for (PartitionField field : contract.partition()) {
            switch (field.transform()) {
                case IDENTITY -> builder.identity(field.column());
                case YEAR -> builder.year(field.column());
                case MONTH -> builder.month(field.column());
                case DAY -> builder.day(field.column());
                case HOUR -> builder.hour(field.column());
                case BUCKET -> builder.bucket(field.column(), field.parameter());
                case TRUNCATE -> builder.truncate(field.column(), field.parameter());
            }
        }
        return builder.build();
    }

    private static SortOrder order(TableContract contract, Schema schema) {
        SortOrder.Builder builder = SortOrder.builderFor(schema);
        for (SortField field : contract.sort()) {
            if (field.ascending()) {
                builder.asc(field.column(), NullOrder.NULLS_FIRST);
            } else {
                builder.desc(field.column(), NullOrder.NULLS_LAST);
            }
        }
        return builder.build();
    }

    private static Transaction evolve(TableContract contract, TableOperations operations) {
        Transaction transaction = Transactions.newTransaction(contract.table().toString(), operations);
        SchemaEvolution.evolve(transaction, contract);
        Schema schema = transaction.table().schema();
        evolveSpec(transaction, contract, spec(contract, schema));
        evolveOrder(transaction, contract, order(contract, schema));
        evolveProperties(transaction, TableProperties.ofContract(contract, schema));
        return transaction;
    }

    private static void evolveSpec(Transaction transaction, TableContract contract, PartitionSpec wanted) {
        PartitionSpec present = transaction.table().spec();
        Set<String> keep = shapes(wanted);
        if (shapes(present).equals(keep)) {
            return;
        }
        UpdatePartitionSpec update = transaction.updateSpec();
        Set<String> there = new HashSet<>();
        for (org.apache.iceberg.PartitionField field : present.fields()) {
            if (keep.contains(shape(field))) {
                there.add(shape(field));
            } else {
                update.removeField(field.name());
            }
        }
        for (int i = 0; i < wanted.fields().size(); i++) {
            if (!there.contains(shape(wanted.fields().get(i)))) {
                update.addField(term(contract.partition().get(i)));
            }
        }
        update.commit();
    }

    private static Set<String> shapes(PartitionSpec spec) {
        return spec.fields().stream().map(TableDefinition::shape).collect(Collectors.toSet());
    }

    private static String shape(org.apache.iceberg.PartitionField field) {
        return field.sourceId() + ":" + field.transform();
    }

    private static Term term(PartitionField field) {
        return switch (field.transform()) {
            case IDENTITY -> Expressions.ref(field.column());
            case YEAR -> Expressions.year(field.column());
            case MONTH -> Expressions.month(field.column());
            case DAY -> Expressions.day(field.column());
            case HOUR -> Expressions.hour(field.column());
            case BUCKET -> Expressions.bucket(field.column(), field.parameter());
            case TRUNCATE -> Expressions.truncate(field.column(), field.parameter());
        };
    }

    private static void evolveOrder(Transaction transaction, TableContract contract, SortOrder wanted) {
        if (transaction.table().sortOrder().sameOrder(wanted)) {
            return;
        }
        ReplaceSortOrder update = transaction.replaceSortOrder();
        for (SortField field : contract.sort()) {
            if (field.ascending()) {
                update.asc(field.column(), NullOrder.NULLS_FIRST);
            } else {
                update.desc(field.column(), NullOrder.NULLS_LAST);
            }
        }
        update.commit();
    }

    private static void evolveProperties(Transaction transaction, Map<String, String> wanted) {
        Map<String, String> present = transaction.table().properties();
        List<String> gone = present.keySet().stream()
                .filter(TableProperties::isOfContract)
                .filter(property -> !wanted.containsKey(property))
                .toList();
        if (gone.isEmpty() && present.entrySet().containsAll(wanted.entrySet())) {
            return;
        }
        UpdateProperties update = transaction.updateProperties();
        gone.forEach(update::remove);
        wanted.forEach(update::set);
        update.commit();
    }
}
