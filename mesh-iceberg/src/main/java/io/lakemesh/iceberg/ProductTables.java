package io.lakemesh.iceberg;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.BaseTable;

/** Every table that a product ever published to, and those of the rows that were set aside for them. */
record ProductTables(IcebergCatalog catalog) {
    List<BaseTable> of(ProductAddress product) {
        String prefix = Releases.mapped(product.name()) + "_";
        List<BaseTable> found = new ArrayList<>();
        List<BaseTable> aside = new ArrayList<>();
        catalog.tables(Releases.mapped(product.domain())).stream()
                .filter(name -> name.name().startsWith(prefix))
                .map(catalog::find)
                .forEach(table -> {
                    if (table != null && table.properties().containsKey(TableProperties.QUARANTINE)) {
                        aside.add(table);
                    } else if (table != null
                            && product.toString().equals(table.properties().get(TableProperties.PRODUCT))) {
                        found.add(table);
                    }
                });
        Set<String> names =
                found.stream().map(ProductTables::name).map(TableName::name).collect(Collectors.toSet());
        aside.stream()
                .filter(table -> names.contains(table.properties().get(TableProperties.QUARANTINE)))
                .forEach(found::add);
        return found;
    }

    /** The tables of the mesh's own. */
    List<BaseTable> own() {
        return catalog.tables(TableNames.OWN_NAMESPACE).stream()
                .flatMap(name -> Stream.ofNullable(catalog.find(name)))
                .filter(table -> table.properties().containsKey(TableProperties.POSITION))
                .toList();
    }

    static TableName name(BaseTable table) {
        int dot = table.name().indexOf('.');
        return new TableName(table.name().substring(0, dot), table.name().substring(dot + 1));
    }
}
