package io.lakemesh.classify;

/**
 * That a column looks personal.
 *
 * @param reason the evidence, counted; holds no value of the column
 */
public record Proposal(PersonalKind kind, String reason) {
    /** What the column should at least be classified as. */
    public String classification() {
        return kind.classification();
    }

    @Override
    public String toString() {
        return "looks like " + kind.described() + ": " + reason;
    }
}
