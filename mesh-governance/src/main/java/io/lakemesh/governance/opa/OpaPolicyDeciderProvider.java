package io.lakemesh.governance.opa;

import io.lakemesh.error.InvalidInputException;
import io.lakemesh.policy.PolicyDecider;
import io.lakemesh.policy.PolicyDeciderProvider;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code policy: { decider: opa, url: ..., timeout: 2s }}. */
public final class OpaPolicyDeciderProvider implements PolicyDeciderProvider {
    private static final Pattern SECONDS = Pattern.compile("([1-9][0-9]{0,2})s");

    @Override
    public String name() {
        return "opa";
    }

    @Override
    public PolicyDecider open(Map<String, String> settings) {
        return new OpaPolicyDecider(url(settings), timeout(settings));
    }

    /** The address of the OPA of these settings. */
    public static String url(Map<String, String> settings) {
        String url = settings.get("url");
        if (url == null) {
            throw new InvalidInputException("Cannot ask Open Policy Agent: mesh.yaml has no policy.url");
        }
        return url;
    }

    /** How long a call may take, by default two seconds. */
    public static Duration timeout(Map<String, String> settings) {
        Matcher seconds = SECONDS.matcher(settings.getOrDefault("timeout", "2s"));
        if (!seconds.matches()) {
            throw new InvalidInputException("Invalid policy.timeout in mesh.yaml: expected seconds, such as 2s");
        }
        return Duration.ofSeconds(Integer.parseInt(seconds.group(1)));
    }
}
