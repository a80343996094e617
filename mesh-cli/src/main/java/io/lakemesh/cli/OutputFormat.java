package io.lakemesh.cli;

/** How a command shows its result; named as on the command line. */
enum OutputFormat {
    /** Tables and sentences for people. */
    text,
    /** One JSON document. */
    json
}
