package io.lakemesh.contract;

import io.lakemesh.contract.TableContract.TableName;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How products, objects and versions make table names: {@code <domain>.<product>_<object>_v<major>}. */
public final class TableNames {
    /** The namespace of the mesh's own tables. */
    public static final String OWN_NAMESPACE = "lakemesh";

    private static final Pattern VERSION = Pattern.compile("v?(\\d{1,9})(?:[.\\-+].*)?");

    private TableNames() {}

    /** The table of an object; the version's major number must be readable. */
    public static TableName of(ProductAddress address, String object, int major) {
        return new TableName(part(address.domain()), part(address.name()) + "_" + part(object) + "_v" + major);
    }

    /** One part of a name: lower-cased, each character other than a-z, 0-9 and _ as an underscore. */
    public static String part(String name) {
        StringBuilder part = new StringBuilder();
        name.toLowerCase(Locale.ROOT)
                .codePoints()
                .map(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '_')
                .forEach(part::appendCodePoint);
        return part.toString();
    }

    /** The major number of a version such as {@code 1.2.0}, {@code v2} or {@code 3}; empty if it has none. */
    public static OptionalInt major(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }
}
