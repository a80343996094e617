package io.lakemesh.check;

import io.lakemesh.check.QuarantinedRow.Reason;
import io.lakemesh.contract.ColumnContract;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads single values of a column, or of a part of a nested one, and checks them: null tokens, required, type, limits. */
final class CellConformer {
    private final CellParser parser;
    private final NullTokens nullTokens;
    private final CellLimits limits;
    private final Reason mistyped;
    private final @Nullable Reason missing;

    CellConformer(ColumnContract column, String path) {
        this.parser = CellParsers.of(column, path);
        this.nullTokens = new NullTokens(column.nullTokens());
        this.limits = CellLimits.of(column.type(), column.limits(), path);
        this.mistyped = new Reason(path + ".type", path, CellParsers.refusal(column));
        this.missing = column.required() ? new Reason(path + ".required", path, "no value, but one is required") : null;
    }

    boolean isWorthCaching() {
        return parser.worthCaching() || limits.areDear();
    }

    void conformText(byte[] bytes, int start, int end, Cell out) {
        out.clear();
        if (nullTokens.contain(bytes, start, end)) {
            conformNull(out);
        } else {
            finish(parser.parse(bytes, start, end, out), out);
        }
    }

    void conformValue(@Nullable Object value, Cell out) {
        if (value instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            conformText(bytes, 0, bytes.length, out);
            return;
        }
        out.clear();
        if (value == null) {
            conformNull(out);
        } else {
            finish(parser.accept(value, out), out);
        }
    }

    void conformNull(Cell out) {
        out.clear();
        if (missing != null) {
            out.fail(missing);
        }
    }

    private void finish(boolean parsed, Cell out) {
        if (!parsed) {
            out.present = false;
            out.fail(mistyped);
        } else if (out.present) {
            limits.check(out);
        }
    }
}
