package io.lakemesh.health;

/**
 * One thing that was looked at.
 *
 * @param subject the service and the step, as in {@code catalog sign-in}
 * @param well whether it is as it should be
 * @param message what was found; if it is not well, with what to do about it
 */
public record Finding(String subject, boolean well, String message) {}
