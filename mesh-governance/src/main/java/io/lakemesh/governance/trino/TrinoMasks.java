package io.lakemesh.governance.trino;

import io.lakemesh.mask.Mask;
import io.lakemesh.mask.Masking;
import io.lakemesh.schema.DataType;
import io.lakemesh.schema.DataType.Primitive;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** Renders masks in Trino's SQL so that they show the same values as in Java. */
public final class TrinoMasks {
    private static final SqlTemplate COLUMN = new SqlTemplate(List.of(new SqlTemplate.Column()));

    private TrinoMasks() {}

    /** A mask that has no fault for the type, other than {@link Mask.Plain#CLEAR}. */
    public static SqlTemplate render(Mask mask, DataType type) {
        if (mask instanceof Mask.Plain) {
            return SqlTemplate.of("NULL");
        }
        if (mask instanceof Mask.StandIn) {
            return COLUMN;
        }
        if (mask instanceof Mask.Constant constant) {
            return SqlTemplate.of(SqlLiterals.text(constant.text()));
        }
        if (mask instanceof Mask.Part part) {
            return part(part);
        }
        if (mask instanceof Mask.Rounded rounded) {
            return rounded(rounded.digits(), type);
        }
        return mask instanceof Mask.Truncated truncated
                ? SqlTemplate.join(
                        "date_trunc('" + truncated.unit().name().toLowerCase(Locale.ROOT) + "', ", COLUMN, ")")
                : banded((Mask.Banded) mask, type);
    }

    private static SqlTemplate part(Mask.Part part) {
        String hidden = SqlLiterals.text(Mask.HIDDEN);
        SqlTemplate shown = part.side() == Mask.Part.Side.FIRST
                ? SqlTemplate.join("substr(", COLUMN, ", 1, " + part.length() + ") || " + hidden)
                : SqlTemplate.join(hidden + " || substr(", COLUMN, ", -" + part.length() + ")");
        return SqlTemplate.join(
                "CASE WHEN length(",
                COLUMN,
                ") > " + part.length() + " THEN ",
                shown,
                " WHEN ",
                COLUMN,
                " IS NOT NULL THEN " + hidden + " END");
    }

    private static SqlTemplate rounded(int digits, DataType type) {
        String cast = " AS " + SqlLiterals.type(type) + ")";
        if (type instanceof DataType.Decimal) {
            return SqlTemplate.join("CAST(truncate(", COLUMN, ", " + digits + ")" + cast);
        }
        if (type == Primitive.INT || type == Primitive.LONG) {
            BigDecimal step = BigDecimal.TEN.pow(-digits);
            return SqlTemplate.join("CAST(", COLUMN, " - ", COLUMN, " % BIGINT '" + step.toPlainString() + "'" + cast);
        }
        return cut(digits, type);
    }

    /** As in Java: the last number of so many digits that is not beyond the value, which is tried with three steps. */
    private static SqlTemplate cut(int digits, DataType type) {
        String power = (digits < 0 ? " / " : " * ")
                + number(BigDecimal.TEN.pow(Math.abs(digits)).doubleValue());
        SqlTemplate value = SqlTemplate.join("CAST(", COLUMN, " AS double)");
        SqlTemplate size = SqlTemplate.join("abs(", value, ")");
        SqlTemplate step = SqlTemplate.join("floor(", size, power + ")");
        SqlTemplate next = cut(step, 1, digits, type);
        SqlTemplate same = cut(step, 0, digits, type);
        SqlTemplate signed = SqlTemplate.join("sign(", value, ") * ");
        return SqlTemplate.join(
                SqlTemplate.join(
                        "CAST(CASE WHEN NOT ",
                        step,
                        " + " + number(1) + " < " + number(Masking.EXACT) + " THEN ",
                        value),
                SqlTemplate.join(" WHEN ", next, " <= ", size, " THEN ", signed, next, " + " + number(0)),
                SqlTemplate.join(" WHEN ", same, " <= ", size, " THEN ", signed, same, " + " + number(0)),
                SqlTemplate.join(" ELSE ", signed, cut(step, -1, digits, type), " + " + number(0)),
                " END AS " + SqlLiterals.type(type) + ")");
    }

    /** The number so many steps on, as the type holds it. */
    private static SqlTemplate cut(SqlTemplate step, int more, int digits, DataType type) {
        String power = (digits < 0 ? " * " : " / ")
                + number(BigDecimal.TEN.pow(Math.abs(digits)).doubleValue());
        return SqlTemplate.join(
                "CAST(CAST((",
                step,
                " + " + number(more) + ")" + power + " AS " + SqlLiterals.type(type) + ") AS double)");
    }

    private static String number(double number) {
        return SqlLiterals.constant(number, Primitive.DOUBLE);
    }

    private static SqlTemplate banded(Mask.Banded banded, DataType type) {
        SqlTemplate bands = SqlTemplate.of("CASE");
        for (int i = banded.bounds().size() - 1; i >= 0; i--) {
            String bound = bound(banded.bounds().get(i), type);
            bands = SqlTemplate.join(bands, " WHEN ", COLUMN, " >= " + bound + " THEN " + bound);
        }
        return SqlTemplate.join("CAST(", bands, " END AS " + SqlLiterals.type(type) + ")");
    }

    private static String bound(BigDecimal bound, DataType type) {
        if (type instanceof DataType.Decimal decimal) {
            return SqlLiterals.constant(bound.setScale(decimal.scale()), type);
        }
        return type == Primitive.DOUBLE
                ? SqlLiterals.constant(bound.doubleValue(), type)
                : SqlLiterals.constant(bound.longValueExact(), type);
    }
}
