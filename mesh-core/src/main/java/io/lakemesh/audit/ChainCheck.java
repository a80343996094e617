package io.lakemesh.audit;

import io.lakemesh.error.IntegrityException;
import io.lakemesh.error.InvalidInputException;
import io.lakemesh.run.MeshTable;
import io.lakemesh.run.Scan;
import io.lakemesh.schema.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Walks the chain, and stops at the first record that does not fit. Not thread-safe. */
final class ChainCheck {
    private final List<Link> links = new ArrayList<>();

    /** What is kept of a record: its texts were looked at when it was read. */
    private record Link(long sequence, String at, String previous, String hash, boolean fits) {
        @Override
        public String toString() {
            return "record " + sequence + " (" + at + ")";
        }
    }

    /**
     * Checks the table.
     *
     * @param noted a hash that must be one of the chain's; null for none
     */
    AuditVerification check(MeshTable table, @Nullable String noted) {
        Head end;
        try {
            end = AuditTable.head(table);
        } catch (IllegalArgumentException | InvalidInputException e) {
            return new AuditVerification(0, "", "the table does not say where the chain ends");
        }
        return new AuditVerification(end.count(), end.hash(), problem(table, end, noted));
    }

    private @Nullable String problem(MeshTable table, Head end, @Nullable String noted) {
        try {
            AuditTable.read(table, Scan.ALL, this::add);
        } catch (IntegrityException e) {
            return e.getMessage();
        }
        links.sort(Comparator.comparingLong(Link::sequence));
        return walk().or(() -> end(end)).or(() -> noted(noted)).orElse(null);
    }

    private void add(Row row) {
        AuditEntry entry = AuditColumns.entry(row);
        links.add(new Link(
                entry.sequence(),
                entry.texts().getOrDefault(AuditColumns.AT, "no time"),
                entry.previous(),
                entry.hash(),
                entry.fitsItsHash()));
    }

    private Optional<String> walk() {
        Head before = Head.START;
        for (Link link : links) {
            Optional<String> problem = problem(link, before);
            if (problem.isPresent()) {
                return problem;
            }
            before = new Head(link.sequence(), link.hash());
        }
        return Optional.empty();
    }

    private static Optional<String> problem(Link link, Head before) {
        if (link.sequence() <= before.count()) {
            return Optional.of(link + " is there twice, or out of the order");
        }
        if (link.sequence() > before.count() + 1) {
            return Optional.of("record " + (before.count() + 1) + " is missing: the next is " + link);
        }
        if (!link.fits()) {
            return Optional.of(link + " was changed: it does not fit its hash");
        }
        return link.previous().equals(before.hash())
                ? Optional.empty()
                : Optional.of(link + " follows another record than the one before it");
    }

    private Optional<String> end(Head end) {
        Head last = links.isEmpty()
                ? Head.START
                : new Head(
                        links.get(links.size() - 1).sequence(),
                        links.get(links.size() - 1).hash());
        if (last.equals(end)) {
            return Optional.empty();
        }
        String shown = links.isEmpty() ? "there is none" : "the last is " + links.get(links.size() - 1);
        return Optional.of("the table says that it has " + end.count() + " records, but " + shown
                + (last.count() < end.count()
                        ? ": record " + (last.count() + 1) + " is missing"
                        : ": it was added past the chain"));
    }

    private Optional<String> noted(@Nullable String noted) {
        return noted == null
                        || noted.equals(Head.START.hash())
                        || links.stream().anyMatch(link -> link.hash().equals(noted))
                ? Optional.empty()
                : Optional.of("no record has the noted hash: the table was put back to an earlier one, or made anew");
    }
}
