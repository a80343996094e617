package io.lakemesh.check;

/** Takes the rows of a run that are set aside. */
public interface QuarantineSink {
    void write(QuarantinedRow row);
}
