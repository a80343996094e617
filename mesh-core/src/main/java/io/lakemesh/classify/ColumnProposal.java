package io.lakemesh.classify;

import java.util.Optional;
import java.util.stream.Stream;

/** What one column looks like by itself. */
final class ColumnProposal {
    private ColumnProposal() {}

    /** What most of the values are, of what can be told by a syntax; else what the name and the shape of the values say. */
    static Optional<Proposal> of(ColumnSample sample) {
        return Recognizers.best(sample)
                .or(() -> Stream.of(BirthDates.of(sample), PersonNames.of(sample), FreeText.of(sample))
                        .flatMap(Optional::stream)
                        .findFirst());
    }
}
