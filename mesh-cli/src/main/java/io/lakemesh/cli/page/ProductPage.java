package io.lakemesh.cli.page;

import io.lakemesh.check.CheckResult;
import io.lakemesh.cli.page.PageContent.Column;
import io.lakemesh.cli.page.PageContent.Reason;
import io.lakemesh.cli.page.PageContent.Run;
import io.lakemesh.cli.page.PageContent.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes a product's page: one HTML file that needs nothing else, no script, no network. */
final class ProductPage {
    private final PageContent content;
    private final Html html = new Html();

    private ProductPage(PageContent content) {
        this.content = content;
    }

    static String write(PageContent content) {
        return new ProductPage(content).write();
    }

    private String write() {
        html.markup("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        html.open("meta", "charset", "utf-8")
                .open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .open(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .element("title", content.title() + " · " + content.address())
                .open("style")
                .markup(styles())
                .close("style", "head")
                .open("body");
        header();
        html.open("main");
        keyNumbers();
        description();
        releases();
        checks();
        quarantine();
        content.tables().forEach(this::table);
        html.close("main")
                .element(
                        "footer",
                        "Made by Lakemesh from the lakehouse's own records on " + Texts.time(content.madeAt()) + ".")
                .close("body", "html");
        return html.toString();
    }

    private static String styles() {
        try (InputStream in = ProductPage.class.getResourceAsStream("page.css")) {
            if (in == null) {
                throw new IllegalStateException("Cannot find page.css on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read page.css", e);
        }
    }

    private void header() {
        html.open("header")
                .element("p", content.address(), "class", "address")
                .element("h1", content.title())
                .element("span", content.status(), "class", "chip")
                .close("header");
    }

    private List<Run> published() {
        return content.runs().stream().filter(run -> !run.refused()).toList();
    }

    private List<Run> newestFirst() {
        List<Run> runs = new ArrayList<>(content.runs());
        Collections.reverse(runs);
        return runs;
    }

    private void keyNumbers() {
        List<Run> released = published();
        if (released.isEmpty()) {
            return;
        }
        Run latest = released.get(released.size() - 1);
        long read = released.stream().mapToLong(run -> run.rows().read()).sum();
        long aside =
                released.stream().mapToLong(run -> run.rows().quarantined()).sum();
        html.open("section", "class", "numbers");
        number("Newest release", latest.label(), Texts.time(latest.at()));
        number("Rows", Texts.count(latest.total()), "that readers see");
        number("Set aside", Texts.share(aside, read), Texts.count(aside) + " of " + Texts.count(read) + " rows read");
        number("Refused runs", "" + (content.runs().size() - released.size()), "that changed nothing");
        html.close("section");
    }

    private void number(String label, String value, String note) {
        html.open("div")
                .element("span", label, "class", "label")
                .element("strong", value)
                .element("span", note, "class", "note")
                .close("div");
    }

    private void description() {
        html.open("section").element("h2", "What it is").open("dl");
        content.facts().forEach((heading, text) -> html.element("dt", heading).element("dd", text));
        html.close("dl", "section");
    }

    private void releases() {
        html.open("section").element("h2", "Releases");
        html.open("p", "class", "legend");
        legend("published", "published");
        legend("quarantined", "set aside");
        legend("withheld", "withheld, the run was refused");
        html.close("p").add(new RowsPlot(content.runs()).draw());
        html.open("div", "class", "wide").open("table");
        headings("Release", "When", "How", ">Read", ">Published", ">Set aside", ">Rows now", "Evidence");
        newestFirst().forEach(this::release);
        html.close("table", "div", "section");
    }

    private void legend(String kind, String words) {
        html.element("span", "", "class", "key " + kind).text(" " + words + " ");
    }

    private void headings(String... headings) {
        html.open("tr");
        for (String heading : headings) {
            if (heading.startsWith(">")) {
                html.element("th", heading.substring(1), "class", "number");
            } else {
                html.element("th", heading);
            }
        }
        html.close("tr");
    }

    private void release(Run run) {
        String manifest = run.manifest();
        html.open("tr")
                .open("td")
                .element("span", run.label(), "class", run.refused() ? "chip bad" : "chip")
                .close("td")
                .element("td", Texts.time(run.at()), "class", "nowrap")
                .element("td", run.mode())
                .element("td", Texts.count(run.rows().read()), "class", "number")
                .element("td", Texts.count(run.rows().published()), "class", "number")
                .element("td", Texts.count(run.rows().quarantined()), "class", "number")
                .element("td", run.refused() ? "–" : Texts.count(run.total()), "class", "number")
                .open("td");
        if (manifest == null) {
            html.element("code", "run " + abbreviated(run.id()), "title", run.id());
        } else {
            html.element("code", abbreviated(manifest), "title", "provenance manifest " + manifest);
        }
        html.close("td", "tr");
    }

    private static String abbreviated(String text) {
        return text.length() > 12 ? text.substring(0, 12) + "…" : text;
    }

    private void checks() {
        Map<String, CheckPlot> plots = new LinkedHashMap<>();
        Map<String, CheckResult> latest = new LinkedHashMap<>();
        for (Run run : content.runs()) {
            for (CheckResult check : run.checks()) {
                plots.computeIfAbsent(check.id(), id -> new CheckPlot()).add(run.label(), check);
                latest.put(check.id(), check);
            }
        }
        html.open("section").element("h2", "Checks over time");
        html.element(
                "p",
                "Every rule of the contract, measured in every run, the refused ones too; the newest on the right.",
                "class",
                "note");
        html.open("div", "class", "wide").open("table");
        headings("Rule", "Over time", ">Newest", "Expected", "");
        latest.forEach((id, check) -> check(check, plots.getOrDefault(id, new CheckPlot())));
        html.close("table", "div", "section");
    }

    private void check(CheckResult check, CheckPlot plot) {
        html.open("tr").open("td").element("strong", check.id());
        String description = content.descriptions().get(check.id());
        String note = check.note();
        if (description != null) {
            html.element("p", description, "class", "note");
        }
        if (note != null) {
            html.element("p", note, "class", "note");
        }
        html.close("td").open("td").add(plot.draw()).close("td");
        html.element("td", Texts.number(check.value()), "class", "number")
                .element("td", check.metric() + " " + check.expected())
                .open("td")
                .element("span", Texts.words(check.outcome()), "class", "outcome " + Texts.kind(check.outcome()))
                .close("td", "tr");
    }

    private void quarantine() {
        html.open("section").element("h2", "Why rows were set aside");
        if (content.quarantine().isEmpty()) {
            html.element("p", "No row was set aside.");
        } else {
            long most =
                    content.quarantine().stream().mapToLong(Reason::rows).max().orElse(1);
            html.open("div", "class", "wide").open("table");
            headings("Run", "Rule", ">Rows", "");
            content.quarantine().forEach(reason -> reason(reason, most));
            html.close("table", "div");
        }
        html.close("section");
    }

    private void reason(Reason reason, long most) {
        html.open("tr")
                .element("td", reason.run())
                .open("td")
                .element("code", reason.rule())
                .close("td")
                .element("td", Texts.count(reason.rows()), "class", "number")
                .open("td", "class", "share")
                .element("div", "", "class", "bar", "style", "width:" + Math.max(1, 100 * reason.rows() / most) + "%")
                .close("td", "tr");
    }

    private void table(Table table) {
        html.open("section").element("h2", "Table " + table.name()).element("p", table.description());
        html.element("p", table.contract(), "class", "note");
        table.notes().forEach(note -> html.element("p", note, "class", "note"));
        html.open("div", "class", "wide").open("table");
        headings("Column", "Type", "", "What it means");
        table.columns().forEach(this::column);
        html.close("table", "div", "section");
    }

    private void column(Column column) {
        html.open("tr")
                .open("td")
                .element("code", column.name())
                .close("td")
                .element("td", column.type())
                .open("td");
        if (column.key()) {
            html.element("span", "key", "class", "chip");
        }
        if (column.required()) {
            html.element("span", "required", "class", "chip");
        }
        String classification = column.classification();
        if (classification != null) {
            html.element("span", classification, "class", classification.equals("public") ? "chip" : "chip sensitive");
        }
        html.close("td").element("td", column.description()).close("tr");
    }
}
