package io.lakemesh.cli.report;

import io.lakemesh.cli.text.Screen;
import io.lakemesh.cli.text.TextTable;
import io.lakemesh.document.Node;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was taken into the audit of each file. */
public record AuditImportReport(Map<String, Taken> files) implements Report {
    public AuditImportReport {
        files = Collections.unmodifiableMap(new LinkedHashMap<>(files));
    }

    /**
     * Of one file.
     *
     * @param decisions on reads that the file has
     * @param added those that were not there
     */
    public record Taken(long decisions, long added) {}

    @Override
    public Node json() {
        return Node.mapping()
                .put(
                        "files",
                        files.entrySet().stream()
                                .map(file -> Node.mapping()
                                        .put("file", file.getKey())
                                        .put("decisions", file.getValue().decisions())
                                        .put("added", file.getValue().added())
                                        .build())
                                .toList())
                .build();
    }

    @Override
    public void print(Screen screen) {
        TextTable table = TextTable.of("file", ">decisions", ">new records");
        files.forEach((file, taken) -> table.row(file, Words.count(taken.decisions()), Words.count(taken.added())));
        table.print(screen);
    }
}
