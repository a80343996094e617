package io.lakemesh.iceberg;

import io.lakemesh.contract.ColumnContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Brings a table's schema to its contract, by changes that leave every file readable. Other changes are refused. */
final class SchemaEvolution {
    private final TableContract contract;
    private final UpdateSchema update;

    private SchemaEvolution(TableContract contract, UpdateSchema update) {
        this.contract = contract;
        this.update = update;
    }

    static void evolve(Transaction transaction, TableContract contract) {
        SchemaEvolution evolution = new SchemaEvolution(contract, transaction.updateSchema());
        evolution.struct(
                "", transaction.table().schema().columns(), contract.schema().fields(), contract.columns());
        evolution.update.commit();
        evolveKey(transaction, contract);
    }

    private static void evolveKey(Transaction transaction, TableContract contract) {
        Set<String> wanted = Schemas.hasIdentifier(contract.schema())
                ? Set.copyOf(contract.schema().key())
                : Set.of();
        if (!transaction.table().schema().identifierFieldNames().equals(wanted)) {
            transaction.updateSchema().setIdentifierFields(wanted).commit();
        }
    }

    private void struct(
            String parent, List<Types.NestedField> present, List<Field> wanted, List<ColumnContract> columns) {
        Set<Integer> kept = new HashSet<>();
        List<String> paths = new ArrayList<>();
        List<String> added = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            Field field = wanted.get(i);
            ColumnContract column = FieldIds.column(columns, i);
            Types.NestedField match = FieldIds.match(field.name(), column, present);
            if (match == null) {
                add(parent, field);
                added.add(parent + field.name());
                paths.add(parent + field.name());
            } else {
                kept.add(match.fieldId());
                paths.add(parent + match.name());
                change(parent + match.name(), match, field, column);
            }
        }
        List<String> order = new ArrayList<>();
        for (Types.NestedField field : present) {
            if (kept.contains(field.fieldId())) {
                order.add(parent + field.name());
            } else {
                update.deleteColumn(parent + field.name());
            }
        }
        order.addAll(added);
        reorder(order, paths);
    }

    private void reorder(List<String> order, List<String> wanted) {
        if (order.equals(wanted)) {
            return;
        }
        update.moveFirst(wanted.get(0));
        for (int i = 1; i < wanted.size(); i++) {
            update.moveAfter(wanted.get(i), wanted.get(i - 1));
        }
    }

    private void add(String parent, Field field) {
        if (field.required()) {
            throw refusal(parent + field.name(), "is new and required, but the table has rows without it");
        }
        String path = parent.isEmpty() ? null : parent.substring(0, parent.length() - 1);
        update.addColumn(path, field.name(), Schemas.toIceberg(field.type()), field.doc());
    }

    private void change(String path, Types.NestedField present, Field wanted, @Nullable ColumnContract column) {
        if (!present.name().equals(wanted.name())) {
            update.renameColumn(path, wanted.name());
        }
        if (wanted.required() && present.isOptional()) {
            throw refusal(path, "is now required, but the table may have rows without it");
        }
        if (!wanted.required() && present.isRequired()) {
            update.makeColumnOptional(path);
        }
        if (!Objects.equals(present.doc(), wanted.doc())) {
            update.updateColumnDoc(path, wanted.doc());
        }
        changeType(path, present.type(), wanted.type(), column);
    }

    private void changeType(String path, Type present, DataType wanted, @Nullable ColumnContract column) {
        List<ColumnContract> children = column == null ? List.of() : column.children();
        Type target = Schemas.toIceberg(wanted);
        if (target.isPrimitiveType() && present.isPrimitiveType()) {
            changePrimitive(path, present.asPrimitiveType(), target.asPrimitiveType());
        } else if (present.typeId() != target.typeId()) {
            throw refusal(path, "cannot change from " + present + " to " + wanted);
        } else if (wanted instanceof DataType.Struct struct) {
            struct(path + ".", present.asStructType().fields(), struct.fields(), children);
        } else if (wanted instanceof DataType.ListOf list) {
            part(path, present.asListType().fields().get(0), list.element(), FieldIds.column(children, 0));
        } else if (wanted instanceof DataType.MapOf map) {
            // keys may not evolve in Iceberg
            if (!present.asMapType().keyType().equals(target.asMapType().keyType())
                    && map.key().type().isPrimitive()) {
                throw refusal(path, "cannot change the type of its keys");
            }
            part(path, present.asMapType().fields().get(1), map.value(), FieldIds.column(children, 1));
        }
    }

    private void part(String path, Types.NestedField present, Field wanted, @Nullable ColumnContract column) {
        Field sameDoc = new Field(wanted.id(), present.name(), wanted.type(), wanted.required(), present.doc());
        change(path + "." + present.name(), present, sameDoc, column);
    }

    private void changePrimitive(String path, Type.PrimitiveType present, Type.PrimitiveType wanted) {
        if (present.equals(wanted)) {
            return;
        }
        if (!org.apache.iceberg.types.TypeUtil.isPromotionAllowed(present, wanted)) {
            throw refusal(path, "cannot change from " + present + " to " + wanted);
        }
        update.updateColumn(path, wanted);
    }

    private InvalidInputException refusal(String path, String reason) {
        return new InvalidInputException("Cannot change table " + contract.table() + ": column " + path + " " + reason
                + "; give contract " + contract.contractId() + " a new major version");
    }
}
