package io.lakemesh.run;

/** Is told of what is about to be done, and keeps it from being done by throwing. */
public interface Witness {
    /** Nobody. */
    Witness NONE = publication -> {};

    /** A release is about to be committed; told again for another number where somebody was quicker. */
    void publishes(Publication publication);
}
