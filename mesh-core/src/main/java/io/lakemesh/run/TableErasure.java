package io.lakemesh.run;

import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.provenance.Amendment;
import java.util.List;

/**
 * What an erasure did to a table.
 *
 * @param holds whether the table has the key's columns; if not, it was left alone
 * @param fits whether the key's values are of the columns' types; if not, no row can have them
 * @param amendments what the table tells of erasures by the same reference, this one and those that were broken off, by digest
 * @param removed how many files were removed
 * @param young how many files that no table names are too young to be removed: they may be of runs that are under way
 */
public record TableErasure(
        TableName table, boolean holds, boolean fits, List<Told> amendments, int removed, int young) {
    public TableErasure {
        amendments = List.copyOf(amendments);
    }

    /** An amendment under its digest. */
    public record Told(String digest, Amendment amendment) {}
}
