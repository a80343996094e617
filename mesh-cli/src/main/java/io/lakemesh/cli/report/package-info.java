/** The results of commands, as text for people and as JSON for programs. */
@NullMarked
package io.lakemesh.cli.report;

import org.jspecify.annotations.NullMarked;
