package io.lakemesh.steward;

import io.lakemesh.document.DocumentLimits;
import io.lakemesh.document.Documents;
import io.lakemesh.document.Json;
import io.lakemesh.document.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a table has: each product's releases up to a number, and those refused runs that may still wait.
 *
 * @param releases the last release by product
 * @param refused ids; one that waits no more is forgotten, for it never comes back
 */
record Position(Map<String, Long> releases, Set<String> refused) {
    static final Position START = new Position(Map.of(), Set.of());

    Position {
        releases = Map.copyOf(releases);
        refused = Set.copyOf(refused);
    }

    static Position parse(String text) {
        Node.Mapping node = (Node.Mapping) Documents.parse("position", text, DocumentLimits.MANIFEST);
        Map<String, Long> releases = new TreeMap<>();
        Node.Mapping numbers = (Node.Mapping) node.get("releases").orElseThrow();
        numbers.entries()
                .keySet()
                .forEach(key -> releases.put(key, Long.valueOf(numbers.text(key).orElseThrow())));
        Set<String> refused = new HashSet<>();
        node.list("refused").forEach(id -> refused.add(((Node.Scalar) id).text().orElseThrow()));
        return new Position(releases, refused);
    }

    String text() {
        return Json.writeCompact(Node.mapping()
                .put("releases", new TreeMap<>(releases))
                .put("refused", List.copyOf(new TreeSet<>(refused)))
                .build());
    }

    long release(String product) {
        return releases.getOrDefault(product, 0L);
    }

    boolean has(EndedRun run) {
        Long release = run.run().release();
        return release == null
                ? refused.contains(run.id())
                : release <= release(run.run().address().toString());
    }

    /**
     * The position once runs were added.
     *
     * @param waiting the refused runs that waited after the table was opened
     */
    Position after(List<EndedRun> added, Collection<String> waiting) {
        Map<String, Long> releases = new TreeMap<>(this.releases);
        Set<String> refused = new HashSet<>(this.refused);
        refused.retainAll(waiting);
        for (EndedRun run : added) {
            Long release = run.run().release();
            if (release == null) {
                refused.add(run.id());
            } else {
                releases.merge(run.run().address().toString(), release, Math::max);
            }
        }
        return new Position(releases, refused);
    }
}
