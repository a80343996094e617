package io.lakemesh.cli;

/** Sentences that the help of several commands shares. */
final class Descriptions {
    static final String RELEASE = "a number (3), a tag (r3), latest, a date or time (2026-01-31), or snapshot:ID";
    static final String PRODUCT = "a product folder, or domain/name";
    static final String PRODUCT_AT =
            "a product folder or domain/name; RELEASE is " + RELEASE + ", by default the newest";

    private Descriptions() {}
}
