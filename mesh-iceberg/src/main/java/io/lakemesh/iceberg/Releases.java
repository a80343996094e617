package io.lakemesh.iceberg;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.contract.TableNames;
import io.lakemesh.error.IntegrityException;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.run.ProductState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** Finds products and their last whole release in the tables' own properties. */
final class Releases {
    private final IcebergCatalog catalog;

    Releases(IcebergCatalog catalog) {
        this.catalog = catalog;
    }

    /** A name as it stands in the catalog: lower-case, with {@code _} for all but ASCII letters and digits. */
    static String mapped(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
    }

    List<ProductAddress> products() {
        Set<String> found = new TreeSet<>();
        for (String namespace : catalog.namespaceNames()) {
            List<TableName> tables = namespace.equals(TableNames.OWN_NAMESPACE) ? List.of() : catalog.tables(namespace);
            for (TableName table : tables) {
                BaseTable loaded = catalog.find(table);
                if (loaded != null && loaded.properties().containsKey(TableProperties.HEAD)) {
                    found.add(loaded.properties().getOrDefault(TableProperties.PRODUCT, ""));
                }
            }
        }
        return found.stream().map(Releases::address).toList();
    }

    static ProductAddress address(String text) {
        int slash = text.indexOf('/');
        return new ProductAddress(text.substring(0, slash), text.substring(slash + 1));
    }

    Optional<ProductState> find(ProductAddress address) {
        return head(address).map(this::state);
    }

    /** The table that names the last whole release: every release's last commit. */
    Optional<BaseTable> head(ProductAddress address) {
        String prefix = mapped(address.name()) + "_";
        List<BaseTable> heads = new ArrayList<>();
        for (TableName table : catalog.tables(mapped(address.domain()))) {
            BaseTable loaded = table.name().startsWith(prefix) ? catalog.find(table) : null;
            if (loaded != null && isHead(address, loaded.properties())) {
                heads.add(loaded);
            }
        }
        return heads.stream().max(Comparator.comparingLong(table -> release(table.properties())));
    }

    private static boolean isHead(ProductAddress address, Map<String, String> properties) {
        return properties.containsKey(TableProperties.HEAD)
                && address.toString().equals(properties.get(TableProperties.PRODUCT));
    }

    private static long release(Map<String, String> properties) {
        return Long.parseLong(properties.getOrDefault(TableProperties.HEAD_RELEASE, "0"));
    }

    private ProductState state(BaseTable head) {
        Map<String, String> properties = head.properties();
        List<TableVersion> tables = new ArrayList<>();
        for (Versions.Stamp stamp : Stamps.read(properties.getOrDefault(TableProperties.TABLES, "[]"))) {
            tables.add(Versions.of(stamp, metadata(stamp, head), List.of()));
        }
        return new ProductState(
                address(properties.getOrDefault(TableProperties.PRODUCT, "")),
                properties.getOrDefault(TableProperties.PRODUCT_ID, ""),
                release(properties),
                properties.getOrDefault(TableProperties.HEAD, ""),
                tables);
    }

    private TableMetadata metadata(Versions.Stamp stamp, BaseTable head) {
        if (stamp.table().toString().equals(head.name())) {
            return head.operations().current();
        }
        BaseTable table = catalog.find(stamp.table());
        TableMetadata metadata = table == null ? null : table.operations().current();
        if (metadata == null || StandIns.of(metadata, stamp.snapshotId()) == null) {
            throw new IntegrityException("Cannot find snapshot " + stamp.snapshotId() + " of table " + stamp.table()
                    + ", which release " + release(head.properties()) + " rests on: was it dropped or expired?");
        }
        return metadata;
    }

    /** The run that made a product's last whole release. */
    static @Nullable String run(BaseTable head) {
        return head.properties().get(TableProperties.HEAD_RUN);
    }
}
