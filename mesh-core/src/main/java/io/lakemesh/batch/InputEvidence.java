package io.lakemesh.batch;

/**
 * What a run read: a file, or a stream of records.
 *
 * @param name the file's name as the user gave it, without a secret
 * @param sha256 hex digest over its bytes as stored (compressed, where it is); of a stream, over its records in a canonical text
 * @param bytes size as stored
 * @param rows records found, malformed ones included
 */
public record InputEvidence(String name, String sha256, long bytes, long rows) {}
