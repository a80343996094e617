package io.lakemesh.run;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.TableContract;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.BlobStore;
import io.lakemesh.provenance.FileEvidence;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.TableSchema;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The tables of a mesh: a catalog and the storage behind it. The source of truth; everything else can be rebuilt from it.
 *
 * <p>Safe for use by many threads; what it hands out is not. Failures to reach it are {@code UnavailableException}s.
 */
public interface Lakehouse extends RowAccess, AutoCloseable {
    /** Every product that was ever published here. */
    List<ProductAddress> products();

    /**
     * The product as of now. A publish that was broken off between the tables of a release is finished first.
     *
     * @return empty if nothing was ever published under this address
     */
    Optional<ProductState> find(ProductAddress address);

    /** Small documents beside the tables: manifests, reports, descriptors, run records. */
    BlobStore blobs();

    /**
     * Starts a place for a run's rows. Nothing of it is visible in a table until {@link #publish}.
     *
     * @param attempt unique to this execution; names the staged files
     */
    StagedTable stage(TableContract contract, String attempt);

    /** Starts a place for the rows that a run sets aside, beside the table of the contract. */
    StagedQuarantine stageQuarantine(TableContract contract, String attempt);

    /**
     * Makes a release: one atomic commit for each table, all of them or (for readers) none.
     *
     * @return the release's tables as committed
     * @throws io.lakemesh.error.ConflictException if the product is no longer at the publication's base; nothing was changed,
     *     and what is staged can be used again
     */
    Published publish(Publication publication);

    /** Reads the rows outside the partitions that the staged rows fall into: those that {@link Mode#OVERWRITE_PARTITIONS} keeps. */
    BatchReader readOutside(StagedTable staged, TableVersion version, Scan scan);

    /** Every file that the version of a table rests on: manifest list, manifests, data and delete files; without digests. */
    List<FileEvidence> files(TableVersion version);

    /** Who has a table of this name: a product as {@code domain/name}, or {@code ""} for nobody that is known; empty if it is free. */
    Optional<String> owner(TableName table);

    /**
     * The snapshot that readers of the version's table get as of now, whoever made it; empty if the table is not there. One
     * that maintenance put in the place of the version's counts as the version's.
     */
    Optional<Long> currentSnapshot(TableVersion version);

    /** The digest of the newest {@link io.lakemesh.provenance.Amendment} of the version's table; empty if there is none. */
    Optional<String> amended(TableVersion version);

    /** Every schema that the version's table has or had, with field ids; empty if the table is not there. */
    List<TableSchema> schemas(TableVersion version);

    /** The numbers of the releases that can be read in the version's table: the others have expired. */
    Set<Long> releases(TableVersion version);

    /**
     * Makes the files of a product's tables fewer and larger, ends what has expired, and removes the files that nothing needs. May
     * run beside publishers; nothing that a kept release rests on is touched. What could not be done is said, not thrown, where
     * another process was quicker.
     *
     * @return what was done, or for a dry run would be, table by table
     */
    List<TableUpkeep> maintain(Upkeep upkeep);

    /**
     * Does the same for the mesh's own tables ({@link #open}), beside whoever adds to them: their rows and positions stay.
     *
     * @param upkeep {@link Upkeep#ofOwn}
     */
    List<TableUpkeep> maintainOwn(Upkeep upkeep);

    /**
     * Removes rows from every release of a product and from what its runs set aside, and every file that held them: at once, so
     * that readers that are under way fail. Broken off at any point, it goes on when it is asked for again. Rows that are
     * published while it is under way may stay.
     *
     * @throws io.lakemesh.error.ConflictException if others kept publishing; asked for again, it goes on
     * @return what was done, table by table
     */
    List<TableErasure> erase(ErasureOrder order);

    /** A table of the mesh's own, as it is now. */
    MeshTable open(MeshTable.Definition definition);

    /** Releases of several tables that were written down and not seen to their end; they are left as they are. */
    List<OpenRelease> openReleases();

    /** Finishes or undoes every release that was broken off between its tables; what became of each that was open. */
    List<OpenRelease> repair();

    /** SHA-256 (hex) of a file's bytes as they are now; empty if it is not there. */
    Optional<String> digest(String location);

    @Override
    void close();
}
