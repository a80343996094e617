/** The {@code mesh} command: a thin leaf over the library. */
@NullMarked
package io.lakemesh.cli;

import org.jspecify.annotations.NullMarked;
