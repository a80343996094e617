package io.lakemesh.classify;

import static io.lakemesh.classify.ColumnWords.list;

import java.util.List;
import java.util.Optional;

/** Texts of many words that hardly repeat. */
final class FreeText {
    private static final List<String> NAMES = list(
            "comment* note notes remark* narrative message* freetext bemerkung* notiz* opmerking* toelichting commentaire*"
                    + " remarque* comentario* observacion* osservazion* uwagi anmarkning*");

    private static final int WORDS = 8;
    private static final int WORDS_IF_NAMED = 4;
    private static final int FEWEST = 10;
    private static final double HALF = 0.5;

    private FreeText() {}

    static Optional<Proposal> of(ColumnSample sample) {
        boolean named = sample.words().haveAny(NAMES);
        int least = named ? WORDS_IF_NAMED : WORDS;
        Count count = Count.of(sample.distinct(), text -> words(text) >= least);
        boolean distinct = count.all() >= HALF * sample.size() && (named || count.all() >= FEWEST);
        return distinct && count.passed() > 0 && count.share() >= HALF
                ? Optional.of(new Proposal(
                        PersonalKind.FREE_TEXT,
                        count + " have " + least + " words or more, and few are the same"
                                + (named ? ", and the column's name agrees" : "")))
                : Optional.empty();
    }

    /** Runs of two letters or more between blanks. */
    private static int words(String text) {
        int words = 0;
        int letters = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean blank = i == text.length() || Character.isWhitespace(text.charAt(i));
            if (blank) {
                words += letters >= 2 ? 1 : 0;
                letters = 0;
            } else {
                letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
            }
        }
        return words;
    }
}
