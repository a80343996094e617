package io.lakemesh.run;

import io.lakemesh.contract.ProductAddress;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.TableContract;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.TableVersion;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. A refusal is a result, not an exception.
 *
 * @param release the release that the run made, or had made before; null if it was refused or only checked
 * @param manifest hex digest of the release's provenance manifest; null likewise
 * @param report the judgement: row counts and checks
 * @param ports the release's tables; empty if there is no release
 * @param notes what people should know about how the input was read, such as columns that were ignored
 */
public record PublishResult(
        ProductAddress product,
        String runId,
        Outcome outcome,
        @Nullable Long release,
        @Nullable String manifest,
        QualityReport report,
        List<Port> ports,
        List<String> notes) {
    public PublishResult {
        ports = List.copyOf(ports);
        notes = List.copyOf(notes);
    }

    /** How a run ended. */
    public enum Outcome {
        /** There is a new release. */
        PUBLISHED,
        /** The gate refused; nothing that a reader sees was changed. */
        REFUSED,
        /** This run id was published before; nothing was changed. */
        UNCHANGED,
        /** Only checked: the gate would let it pass. */
        PASSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A table of the release.
     *
     * @param name the output port
     * @param table its place in the catalog
     */
    public record Port(String name, String object, String table, long snapshotId) {
        /** A table under the name of the port that a contract offers it by. */
        public static Port of(TableVersion version, ProductContract contract) {
            String name = contract.tables().stream()
                    .filter(table -> table.table().equals(version.table()))
                    .map(TableContract::port)
                    .findFirst()
                    .orElse(version.object());
            return new Port(name, version.object(), version.table().toString(), version.snapshotId());
        }
    }
}
