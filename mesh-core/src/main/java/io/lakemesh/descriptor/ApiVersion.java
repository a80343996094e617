package io.lakemesh.descriptor;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a standard, such as {@code v3.1.0}. */
record ApiVersion(int major, int minor, int patch) {
    private static final Pattern SYNTAX = Pattern.compile("v(\\d{1,4})\\.(\\d{1,4})\\.(\\d{1,4})");

    static Optional<ApiVersion> parse(String text) {
        Matcher matcher = SYNTAX.matcher(text);
        return matcher.matches()
                ? Optional.of(new ApiVersion(number(matcher, 1), number(matcher, 2), number(matcher, 3)))
                : Optional.empty();
    }

    /** Whether a version is later than another of the same major version. */
    static boolean isNewerMinor(String text, String newestKnown) {
        ApiVersion known = parse(newestKnown).orElseThrow();
        return parse(text)
                .filter(version -> version.major == known.major)
                .filter(version ->
                        version.minor > known.minor || (version.minor == known.minor && version.patch > known.patch))
                .isPresent();
    }

    private static int number(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }
}
