package io.lakemesh.classify;

/** E-mail addresses (RFC 5321) without quoted parts, alone or as {@code Name <address>}. */
final class Emails {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_LABEL = 63;
    private static final String MARKS = ".!#$%&'*+/=?^_`{|}~-";

    private Emails() {}

    static boolean isEmail(String text) {
        int open = text.endsWith(">") ? text.lastIndexOf('<') : -1;
        String address = open < 0 ? text : text.substring(open + 1, text.length() - 1);
        int at = address.indexOf('@');
        return address.length() <= LONGEST
                && at > 0
                && at <= LONGEST_LOCAL
                && isLocal(address.substring(0, at))
                && isDomain(address.substring(at + 1));
    }

    private static boolean isLocal(String local) {
        return !local.startsWith(".")
                && !local.endsWith(".")
                && local.chars().allMatch(c -> Character.isLetterOrDigit(c) || MARKS.indexOf(c) >= 0);
    }

    private static boolean isDomain(String domain) {
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        String top = labels[labels.length - 1];
        return labels.length > 1 && top.length() > 1 && top.chars().noneMatch(Character::isDigit);
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty()
                && label.length() <= LONGEST_LABEL
                && !label.startsWith("-")
                && !label.endsWith("-")
                && label.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '-');
    }
}
