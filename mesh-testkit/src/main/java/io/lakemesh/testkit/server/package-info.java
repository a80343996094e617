/**
 * Real servers for tests: each is started at its first use, shared by all tests of a JVM, and gone with that JVM.
 *
 * <p>A server that is not installed skips the tests that ask for it and names the reason, or fails them where the environment
 * says {@code CI=true}. {@code ./verify} installs what is missing.
 */
@NullMarked
package io.lakemesh.testkit.server;

import org.jspecify.annotations.NullMarked;
