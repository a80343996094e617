package io.lakemesh.contract;

/**
 * One difference between two versions of a contract.
 *
 * @param path the table, or {@code table.column} and on into nested columns
 * @param text one line for people
 */
public record ContractChange(Level level, String path, String text) {
    /** What a change means to those who read the data; a later one outweighs those before it. */
    public enum Level {
        /** Nobody who reads notices. */
        PATCH,
        /** Readers get more, and lose nothing. */
        ADDITIVE,
        /** What readers rely on is gone or means something else. */
        BREAKING
    }

    @Override
    public String toString() {
        return level.name().toLowerCase(java.util.Locale.ROOT) + ": " + path + ": " + text;
    }
}
