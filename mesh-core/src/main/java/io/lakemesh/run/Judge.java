package io.lakemesh.run;

import io.lakemesh.batch.BatchReader;
import io.lakemesh.check.ExistingRows;
import io.lakemesh.check.RowCounts;
import io.lakemesh.check.TableReport;
import io.lakemesh.provenance.QualityReport;
import io.lakemesh.provenance.TableVersion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges a run's rows beside those that stay of the release it builds on. */
record Judge(Lakehouse lakehouse, Mode mode, Base base) {
    /** The judgement of every table; when one is refused, nothing of the run is published. */
    QualityReport judge(String runId, List<TableRun> tables) {
        List<TableReport> reports = new ArrayList<>();
        for (TableRun table : tables) {
            reports.add(table.judge(existing(table), mode));
        }
        QualityReport report = new QualityReport(runId, reports);
        return refuses(report) ? withholding(report) : report;
    }

    /** The rows that stay beside the run's; null if none do. */
    private @Nullable ExistingRows existing(TableRun table) {
        if (mode == Mode.OVERWRITE) {
            return null;
        }
        return base.table(table.contract())
                .map(version -> version.withSchema(table.staged().schema()))
                .map(version -> (ExistingRows) columns -> staying(table, version, Scan.columns(columns)))
                .orElse(null);
    }

    private BatchReader staying(TableRun table, TableVersion version, Scan scan) {
        return mode == Mode.OVERWRITE_PARTITIONS
                ? lakehouse.readOutside(table.staged(), version, scan)
                : lakehouse.read(version, scan);
    }

    static boolean refuses(QualityReport report) {
        return report.tables().stream().anyMatch(TableReport::refuses);
    }

    private static QualityReport withholding(QualityReport report) {
        return new QualityReport(
                report.runId(), report.tables().stream().map(Judge::withholding).toList());
    }

    private static TableReport withholding(TableReport table) {
        RowCounts rows = table.rows();
        return new TableReport(
                table.object(),
                new RowCounts(rows.read(), 0, rows.quarantined(), rows.withheld() + rows.published()),
                table.checks(),
                table.reasons());
    }
}
