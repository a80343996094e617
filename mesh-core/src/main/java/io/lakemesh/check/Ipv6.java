package io.lakemesh.check;

import java.util.List;

/** IPv6 addresses as text (RFC 4291, section 2.2). */
final class Ipv6 {
    private static final int GROUPS = 8;
    private static final String GROUP = "[0-9A-Fa-f]{1,4}";

    private Ipv6() {}

    static boolean isAddress(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == GROUPS;
        }
        int before = groups(text.substring(0, gap));
        int after = groups(text.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < GROUPS && text.indexOf('.') != -1 == hasDottedEnd(text);
    }

    private static boolean hasDottedEnd(String text) {
        return text.substring(text.lastIndexOf(':') + 1).indexOf('.') >= 0;
    }

    /** How many groups of 16 bits; -1 if it is no list of such. */
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        int count = 0;
        List<String> parts = List.of(text.split(":", -1));
        for (int i = 0; i < parts.size(); i++) {
            boolean dotted = i == parts.size() - 1 && parts.get(i).indexOf('.') >= 0;
            if (dotted ? !isDotted(parts.get(i)) : !parts.get(i).matches(GROUP)) {
                return -1;
            }
            count += dotted ? 2 : 1;
        }
        return count;
    }

    private static boolean isDotted(String text) {
        return text.matches("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    }
}
