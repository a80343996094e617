package io.lakemesh.policy;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.lakemesh.contract.ProductAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Columns of a product of the mesh: {@code domain/name.object.column}, those of an object, {@code domain/name.object}, or all of them,
 * {@code domain/name}.
 *
 * @param object null for all of the product
 * @param column null for all of the object
 */
record ColumnAddress(ProductAddress product, @Nullable String object, @Nullable String column) {
    private static final Pattern FORM = Pattern.compile("([^/.]+)/([^/.]+)(?:\\.([^./]+)(?:\\.([^/]+))?)?");

    /** Empty where the text is of another form, as names of what is not of the mesh are. */
    static Optional<ColumnAddress> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new ColumnAddress(
                        new ProductAddress(form.group(1), form.group(2)), form.group(3), form.group(4)))
                : Optional.empty();
    }

    /** Whether another's columns are all among these. */
    boolean covers(ColumnAddress other) {
        return product.equals(other.product)
                && (object == null || object.equals(other.object))
                && (column == null || column.equals(other.column));
    }

    @Override
    public String toString() {
        return product + (object == null ? "" : "." + object) + (column == null ? "" : "." + column);
    }
}
