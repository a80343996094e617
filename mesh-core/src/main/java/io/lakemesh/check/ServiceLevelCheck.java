package io.lakemesh.check;

import io.lakemesh.batch.Batch;
import io.lakemesh.batch.LongVector;
import io.lakemesh.check.CheckResult.Outcome;
import io.lakemesh.contract.Rule;
import io.lakemesh.contract.TableContract;
import io.lakemesh.schema.DataType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service level, as of the run: ages of the run's newest or oldest value, or of the last release, in seconds. One that is missed
 * warns: a late delivery is wanted all the more.
 */
final class ServiceLevelCheck implements RuleCheck {
    private static final int NO_COLUMN = -1;

    private final Rule.ServiceLevel rule;
    private final String object;
    private final CheckContext context;
    private final int position;
    private final DataType type;
    private final ZoneId zone;
    private @Nullable Long newest;
    private @Nullable Long oldest;

    ServiceLevelCheck(Rule.ServiceLevel rule, TableContract contract, CheckContext context) {
        this.rule = rule;
        this.object = contract.object();
        this.context = context;
        String column = rule.column();
        int found = column == null ? NO_COLUMN : KeyEncoder.position(contract.schema(), column);
        this.type = column == null
                ? DataType.Primitive.STRING
                : contract.schema().field(found).type();
        this.position = isMoment(type) ? found : NO_COLUMN;
        this.zone =
                column == null ? ZoneOffset.UTC : contract.columns().get(found).zone();
    }

    private static boolean isMoment(DataType type) {
        return type == DataType.Primitive.DATE
                || type == DataType.Primitive.TIMESTAMP
                || type == DataType.Primitive.TIMESTAMPTZ;
    }

    @Override
    public void add(Batch batch, int[] selected, int count) {
        if (position == NO_COLUMN) {
            return;
        }
        LongVector column = (LongVector) batch.column(position);
        for (int i = 0; i < count; i++) {
            if (!column.isNull(selected[i])) {
                see(column.value(selected[i]));
            }
        }
    }

    private void see(long value) {
        newest = newest == null ? value : Math.max(newest, value);
        oldest = oldest == null ? value : Math.min(oldest, value);
    }

    @Override
    public CheckResult judge(Situation situation) {
        return switch (rule.level()) {
            case FREQUENCY -> result(context.lastRelease(), "there was no release before");
            case LATENCY -> result(instant(newest), absence());
            case RETENTION -> result(instant(oldest), absence());
        };
    }

    private String absence() {
        return position == NO_COLUMN ? "names no column of dates or timestamps" : "no row has a value";
    }

    private @Nullable Instant instant(@Nullable Long value) {
        if (value == null) {
            return null;
        }
        if (type == DataType.Primitive.DATE) {
            return LocalDate.ofEpochDay(value).atStartOfDay(zone).toInstant();
        }
        return type == DataType.Primitive.TIMESTAMP
                ? CivilTime.dateTime(value).atZone(zone).toInstant()
                : CivilTime.instant(value);
    }

    private CheckResult result(@Nullable Instant since, String absence) {
        Duration age = since == null ? null : Duration.between(since, context.now());
        Outcome outcome =
                age == null ? Outcome.NOT_CHECKED : age.compareTo(rule.limit()) <= 0 ? Outcome.PASSED : Outcome.WARNED;
        return new CheckResult(
                rule.id(),
                object,
                rule.level().name().toLowerCase(Locale.ROOT),
                age == null ? null : BigDecimal.valueOf(age.toSeconds()),
                "<= " + rule.limit().toSeconds() + " seconds",
                outcome,
                "warning",
                age == null ? absence : null);
    }
}
