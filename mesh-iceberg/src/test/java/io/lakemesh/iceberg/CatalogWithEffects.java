package io.lakemesh.iceberg;

import io.lakemesh.contract.TableContract.TableName;
import org.apache.iceberg.TableMetadata;
import org.jspecify.annotations.Nullable;

/** A catalog whose changes are among the {@link Effects} of its warehouse. */
final class CatalogWithEffects extends IcebergCatalog {
    private final Effects effects;

    CatalogWithEffects(CatalogSettings settings, Effects effects) {
        super(settings);
        this.effects = effects;
    }

    @Override
    CatalogTableOperations unguarded(TableName table) {
        return new CatalogTableOperations(catalog(), identifier(table), location(table)) {
            @Override
            public void commit(@Nullable TableMetadata base, TableMetadata metadata) {
                effects.around(() -> super.commit(base, metadata));
            }
        };
    }

    @Override
    void ensureNamespace(String namespace) {
        effects.around(() -> super.ensureNamespace(namespace));
    }

    @Override
    void dropNamespace(String namespace) {
        effects.around(() -> super.dropNamespace(namespace));
    }

    /** Not a part of publishing: once for each process, and removed before anything else is done. */
    @Override
    void requireKeeping() {}
}
