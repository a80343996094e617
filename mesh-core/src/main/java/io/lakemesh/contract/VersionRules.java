package io.lakemesh.contract;

import io.lakemesh.contract.ContractChange.Level;
import java.util.Optional;
import java.util.OptionalInt;

/** Which versions a changed contract may have. */
public final class VersionRules {
    private VersionRules() {}

    /**
     * Why a contract whose content changed cannot be published under its version; empty if it can.
     *
     * @param before the version that was published last
     * @param level the weight of the changes since
     */
    public static Optional<String> refusal(String before, String after, Level level) {
        if (before.equals(after)) {
            return Optional.of("the contract changed but its version is still " + after + ": give it a new version");
        }
        OptionalInt oldMajor = TableNames.major(before);
        OptionalInt newMajor = TableNames.major(after);
        if (newMajor.isEmpty()) {
            return Optional.of("version " + Names.quoted(after) + " has no major number, expected one such as 1.0.0");
        }
        if (oldMajor.isPresent() && newMajor.getAsInt() < oldMajor.getAsInt()) {
            return Optional.of("version " + after + " is older than " + before + ", which is published");
        }
        boolean sameMajor = oldMajor.equals(newMajor);
        return sameMajor && level == Level.BREAKING
                ? Optional.of("the changes break readers: version " + before + " cannot become " + after
                        + ", it takes the new major version " + (newMajor.getAsInt() + 1) + ".0.0")
                : Optional.empty();
    }
}
