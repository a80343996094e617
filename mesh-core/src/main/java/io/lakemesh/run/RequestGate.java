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
    static void require(RunRequest request, Releases releases) {
        refuseUnknownObjects(request);
        refuseUpsertWithoutKey(request);
        refuseToResolveWhatWasNotRefused(request, releases);
    }

    private static void refuseUnknownObjects(RunRequest request) {
        List<String> objects =
                request.contract().tables().stream().map(TableContract::object).toList();
        request.inputs().keySet().stream()
                .filter(object -> !objects.contains(object))
                .findFirst()
                .ifPresent(object -> {
                    throw new InvalidInputException(
                            "Invalid input: " + request.contract().address() + " has no object '" + object
                                    + "', it has " + objects + NearMatch.hint(object, objects));
                });
    }

    private static void refuseUpsertWithoutKey(RunRequest request) {
        request.contract().tables().stream()
                .filter(table -> request.mode() == Mode.UPSERT)
                .filter(table -> request.inputs().containsKey(table.object()))
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
