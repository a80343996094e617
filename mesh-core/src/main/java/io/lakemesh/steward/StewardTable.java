package io.lakemesh.steward;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import io.lakemesh.run.Layout;
import io.lakemesh.run.MeshTable;
import io.lakemesh.schema.Row;
import java.util.List;
import java.util.function.Function;

/**
 * A table for stewards.
 *
 * @param takesRefused whether refused runs have rows in it
 * @param rows what a run adds
 */
record StewardTable(MeshTable.Definition definition, boolean takesRefused, Function<EndedRun, List<Row>> rows) {
    static final List<StewardTable> ALL = List.of(ReleaseRows.TABLE, CheckRows.TABLE, RunRows.TABLE);

    static <T> StewardTable of(
            String name,
            String description,
            boolean takesRefused,
            Layout<T> layout,
            Function<EndedRun, List<T>> parts) {
        return new StewardTable(
                new MeshTable.Definition(
                        new TableName(TableNames.OWN_NAMESPACE, name),
                        description,
                        layout.schema(),
                        MeshTable.OtherColumns.REFUSED),
                takesRefused,
                run -> parts.apply(run).stream().map(layout::row).toList());
    }
}
