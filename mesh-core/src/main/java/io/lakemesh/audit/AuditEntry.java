package io.lakemesh.audit;

import io.lakemesh.provenance.Digests;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A record in its place of the chain.
 *
 * @param sequence from 1
 * @param previous the hash of the record before; {@link Head#START}'s of the first
 * @param texts the record's, by column
 */
record AuditEntry(long sequence, String previous, String hash, Map<String, String> texts) {
    /** Names the encoding that is hashed, so that another one can never have the same bytes. */
    private static final String ENCODING = "lakemesh.audit/1";

    static AuditEntry after(Head head, Map<String, String> texts) {
        long sequence = head.count() + 1;
        return new AuditEntry(sequence, head.hash(), hash(sequence, head.hash(), texts), texts);
    }

    boolean fitsItsHash() {
        return hash.equals(hash(sequence, previous, texts));
    }

    /** Each text is preceded by its length, and each of the record's by its column's name: what is absent is not there. */
    private static String hash(long sequence, String previous, Map<String, String> texts) {
        List<String> hashed = new ArrayList<>(List.of(ENCODING, Long.toString(sequence), previous));
        texts.forEach((name, text) -> {
            hashed.add(name);
            hashed.add(text);
        });
        return Digests.of(hashed);
    }

    String required(String name) {
        return Objects.requireNonNull(texts.get(name), name);
    }

    Head head() {
        return new Head(sequence, hash);
    }
}
