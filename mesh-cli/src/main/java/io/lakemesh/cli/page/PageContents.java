package io.lakemesh.cli.page;

import io.lakemesh.Product;
import io.lakemesh.check.CheckResult;
import io.lakemesh.check.RowCounts;
import io.lakemesh.cli.page.PageContent.Column;
import io.lakemesh.cli.page.PageContent.Reason;
import io.lakemesh.cli.page.PageContent.Run;
import io.lakemesh.cli.page.PageContent.Table;
import io.lakemesh.contract.ProductContract;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.descriptor.DataContract;
import io.lakemesh.descriptor.DataProduct;
import io.lakemesh.document.Node;
import io.lakemesh.history.History;
import io.lakemesh.history.Quarantine;
import io.lakemesh.history.Release;
import io.lakemesh.provenance.Manifest;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.RunRecord;
import io.lakemesh.provenance.TableVersion;
import io.lakemesh.schema.Field;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Gathers what a product's page says from its contract and the lakehouse's records. */
public final class PageContents {
    private final Product product;
    private final ProductContract contract;
    private final History history;

    private PageContents(Product product) {
        this.product = product;
        this.contract = product.contract();
        this.history = product.history();
    }

    /** A published product's page: one HTML file that needs nothing else. */
    public static String page(Product product, Instant now) {
        return ProductPage.write(new PageContents(product).gather(now));
    }

    private PageContent gather(Instant now) {
        DataProduct described = contract.descriptor().product();
        return new PageContent(
                product.address().toString(),
                title(described),
                described.status(),
                facts(described),
                contract.tables().stream().map(this::table).toList(),
                runs(),
                descriptions(),
                quarantine(),
                now);
    }

    private String title(DataProduct described) {
        return contract.descriptor().contracts().stream()
                .map(DataContract::name)
                .flatMap(name -> Optional.ofNullable(name).stream())
                .findFirst()
                .orElse(Optional.ofNullable(described.name()).orElse(described.id()));
    }

    private static Map<String, String> facts(DataProduct described) {
        Map<String, String> facts = new LinkedHashMap<>();
        if (described.document().get("description").orElse(null) instanceof Node.Mapping description) {
            for (String key : List.of("purpose", "usage", "limitations")) {
                description.text(key).ifPresent(text -> facts.put(heading(key), text));
            }
        }
        return facts;
    }

    private static String heading(String key) {
        return Character.toUpperCase(key.charAt(0)) + key.substring(1);
    }

    private Table table(TableContract table) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            Field field = table.schema().field(i);
            columns.add(new Column(
                    field.name(),
                    field.type().toString(),
                    field.required(),
                    table.schema().key().contains(field.name()),
                    table.columns().get(i).classification(),
                    field.documentation().orElse("")));
        }
        return new Table(
                table.table().toString(),
                table.description(),
                "Contract " + table.contractId() + ", version " + table.contractVersion(),
                columns,
                notes(table));
    }

    private static List<String> notes(TableContract table) {
        return table.partition().isEmpty()
                ? List.of()
                : List.of("Partitioned by "
                        + table.partition().stream()
                                .map(field -> field.transform().name().toLowerCase(java.util.Locale.ROOT) + "("
                                        + field.column() + ")")
                                .collect(Collectors.joining(", ")));
    }

    private List<Run> runs() {
        List<Run> runs = new ArrayList<>();
        history.all().forEach(release -> runs.add(run(release)));
        history.runs().stream()
                .filter(run -> run.outcome() == RunRecord.Outcome.REFUSED)
                .forEach(run -> runs.add(refused(run)));
        runs.sort(Comparator.comparing(Run::at));
        return runs;
    }

    private Run run(Release release) {
        Manifest manifest = release.manifest();
        Optional<QualityReport> report = history.report(release);
        return new Run(
                manifest.runId(),
                release.number(),
                release.digest(),
                manifest.publishedAt(),
                manifest.restores() == null ? manifest.mode() : "back to r" + manifest.restores(),
                report.map(QualityReport::rows).orElse(RowCounts.ZERO),
                manifest.tables().stream().mapToLong(TableVersion::rows).sum(),
                report.map(QualityReport::checks).orElse(List.of()));
    }

    private Run refused(RunRecord run) {
        List<CheckResult> checks = Optional.ofNullable(run.report())
                .map(history::report)
                .map(QualityReport::checks)
                .orElse(List.of());
        return new Run(run.runId(), null, null, run.finishedAt(), run.mode(), run.rows(), 0, checks);
    }

    private Map<String, String> descriptions() {
        Map<String, String> descriptions = new LinkedHashMap<>();
        for (TableContract table : contract.tables()) {
            for (Rule rule : table.rules()) {
                description(rule).ifPresent(text -> descriptions.put(rule.id(), text));
            }
        }
        return descriptions;
    }

    private static Optional<String> description(Rule rule) {
        if (rule instanceof Rule.Metric metric) {
            return Optional.ofNullable(metric.terms().description());
        }
        return rule instanceof Rule.Custom custom
                ? Optional.ofNullable(custom.terms().description())
                : Optional.empty();
    }

    private List<Reason> quarantine() {
        Quarantine quarantine = product.quarantine();
        List<Reason> reasons = new ArrayList<>();
        for (RunRecord run : quarantine.runs()) {
            String label = run.release() == null ? "refused" : "r" + run.release();
            quarantine.reasons(run).forEach((rule, rows) -> reasons.add(new Reason(label, rule, rows)));
        }
        return reasons;
    }
}
