package io.lakemesh.cli.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakemesh.check.CheckResult;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.check.RowCounts;
import io.lakemesh.cli.page.PageContent.Column;
import io.lakemesh.cli.page.PageContent.Reason;
import io.lakemesh.cli.page.PageContent.Run;
import io.lakemesh.cli.page.PageContent.Table;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProductPageTest {
    private static final String HOSTILE = "<script>alert('x')</script> \" onload=\"x\" & \u202eabc";
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void saysWhatAReaderWantsToKnow() throws IOException {
        String page = ProductPage.write(content("Every stop and search of a month."));

        Files.writeString(Path.of("target", "page.html"), page);
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("essex/stop-and-search", "Every stop and search of a month.", "2 Mar 2026, 12:00 UTC")
                .contains("possible-duplicates", "▲ warns", "✕ refuses", "known-outcome", "special-category", "1,495");
    }

    @Test
    void needsNothingFromOutside() {
        String page = ProductPage.write(content("text"));

        assertThat(page)
                .doesNotContainPattern(Pattern.compile("(src|href|@import|url)\\s*[=(]"))
                .doesNotContain("<script");
        assertThat(page).contains("Content-Security-Policy");
    }

    @Test
    void escapesEveryForeignText() {
        String page = ProductPage.write(hostile());

        assertThat(page).doesNotContain("<script", "\u202e", "\" onload").contains("&lt;script&gt;alert(&#39;x&#39;)");
    }

    @Test
    void showsAProductWithoutRuns() {
        PageContent empty =
                new PageContent("a/b", "B", "draft", Map.of(), List.of(), List.of(), Map.of(), List.of(), NOON);

        assertThat(ProductPage.write(empty)).contains("No row was set aside.").doesNotContain("NaN");
    }

    private static PageContent content(String purpose) {
        return new PageContent(
                "essex/stop-and-search",
                "Stop and search, Essex Police",
                "active",
                Map.of("Purpose", purpose),
                List.of(table("searches")),
                List.of(
                        run(
                                1L,
                                new RowCounts(1523, 1495, 28, 0),
                                1495,
                                check("possible-duplicates", 4, Outcome.WARNED)),
                        run(
                                2L,
                                new RowCounts(1820, 1800, 20, 0),
                                3295,
                                check("possible-duplicates", 0, Outcome.PASSED)),
                        run(
                                null,
                                new RowCounts(1700, 0, 700, 1000),
                                0,
                                check("max-quarantined", 41.18, Outcome.FAILED),
                                check("possible-duplicates", 9, Outcome.WARNED)),
                        run(3L, RowCounts.ZERO, 1495)),
                Map.of("possible-duplicates", "Two records that agree in all of this may be one search or two."),
                List.of(new Reason("r1", "known-outcome", 20), new Reason("refused", "known-outcome", 700)),
                NOON);
    }

    private static PageContent hostile() {
        CheckResult check =
                new CheckResult(HOSTILE, HOSTILE, HOSTILE, BigDecimal.ONE, HOSTILE, Outcome.WARNED, HOSTILE, HOSTILE);
        return new PageContent(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                Map.of(HOSTILE, HOSTILE),
                List.of(table(HOSTILE)),
                List.of(new Run(HOSTILE, 1L, HOSTILE, NOON, HOSTILE, RowCounts.ZERO, 1, List.of(check))),
                Map.of(HOSTILE, HOSTILE),
                List.of(new Reason(HOSTILE, HOSTILE, 1)),
                NOON);
    }

    private static Table table(String text) {
        return new Table(
                text,
                text,
                text,
                List.of(
                        new Column("searched_at", "timestamptz", true, false, "restricted", "When it took place."),
                        new Column(text, text, false, true, "special-category", text)),
                List.of(text));
    }

    private static Run run(@Nullable Long release, RowCounts rows, long total, CheckResult... checks) {
        return new Run(
                "run-" + release + "-0123456789abcdef",
                release,
                release == null ? null : "9f86d081884c7d659a2feaa0c55ad015",
                NOON,
                "append",
                rows,
                total,
                List.of(checks));
    }

    private static CheckResult check(String id, double value, Outcome outcome) {
        return new CheckResult(
                id, "searches", "duplicateValues", BigDecimal.valueOf(value), "= 0", outcome, "warning", null);
    }
}
