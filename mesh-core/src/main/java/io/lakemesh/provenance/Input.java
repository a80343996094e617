package io.lakemesh.provenance;

import io.lakemesh.batch.InputEvidence;

/** An input of a run and the object that it was read for. */
public record Input(String object, InputEvidence evidence) {}
