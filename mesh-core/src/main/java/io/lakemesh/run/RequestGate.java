package io.lakemesh.run;

import io.lakemesh.contract.TableContract;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.error.NearMatch;
import io.lakemesh.provenance.Releases;
import io.lakemesh.provenance.RunRecord;
import java.util.List;

/** Refuses what could not end well, before the first row is read. */
final class RequestGate {
    private RequestGate() {}

    /**
     * Requires that a request fits its contract and the runs so far.
     *
     * @throws InvalidInputException if it does not
     */
    static void require(RunRequest request, Lakehouse lakehouse, Releases releases) {
        refuseUnknownObjects(request);
        refuseForeignTables(request, lakehouse);
        refuseUpsertWithoutKey(request);
        refuseToResolveWhatWasNotRefused(request, releases);
    }

    private static void refuseUnknownObjects(RunRequest request) {
        List<String> objects =
                request.contract().tables().stream().map(TableContract::object).toList();
        for (String name : request.inputs().keySet()) {
            List<TableContract> meant = request.contract().tables().stream()
                    .filter(table -> table.object().equals(name)
                            || RunRequest.exactName(table).equals(name))
                    .toList();
            if (meant.isEmpty()) {
                throw new InvalidInputException(
                        "Invalid input: " + request.contract().address() + " has no object '" + name + "', it has "
                                + objects + NearMatch.hint(name, objects));
            }
            if (meant.size() > 1) {
                throw new InvalidInputException(
                        "Invalid input: " + request.contract().address() + " offers '" + name
                                + "' in several versions; name one of "
                                + meant.stream().map(RunRequest::exactName).toList());
            }
        }
    }

    /** Names of products and objects can map to the same table; even a quarantine must not get there. */
    private static void refuseForeignTables(RunRequest request, Lakehouse lakehouse) {
        String address = request.contract().address().toString();
        for (TableContract table : request.contract().tables()) {
            lakehouse
                    .owner(table.table())
                    .filter(owner -> !owner.equals(address))
                    .ifPresent(owner -> {
                        throw new InvalidInputException("Cannot publish " + address + ": table " + table.table()
                                + (owner.isEmpty() ? " was not made by Lakemesh" : " belongs to product " + owner)
                                + "; choose another name for the product or its object");
                    });
        }
    }

    private static void refuseUpsertWithoutKey(RunRequest request) {
        request.contract().tables().stream()
                .filter(table -> request.mode() == Mode.UPSERT)
                .filter(table -> request.sources(table).isPresent())
                .filter(table -> table.schema().key().isEmpty())
                .findFirst()
                .ifPresent(table -> {
                    throw new InvalidInputException("Cannot upsert into " + table.object() + " of "
                            + request.contract().address() + ": its contract names no primaryKey to find rows by");
                });
    }

    private static void refuseToResolveWhatWasNotRefused(RunRequest request, Releases releases) {
        String resolves = request.resolves();
        if (resolves == null
                || releases.run(resolves)
                        .filter(run -> run.outcome() == RunRecord.Outcome.REFUSED)
                        .isPresent()) {
            return;
        }
        List<String> refused = releases.runs().stream()
                .filter(run -> run.outcome() == RunRecord.Outcome.REFUSED)
                .map(RunRecord::runId)
                .toList();
        throw new InvalidInputException("Cannot resolve run '" + resolves + "': it is no refused run of "
                + request.contract().address() + NearMatch.hint(resolves, refused));
    }
}
