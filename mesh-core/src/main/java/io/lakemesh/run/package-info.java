/** The run: source, conform, check, stage, gate, publish; and the ports that it needs. */
@NullMarked
package io.lakemesh.run;

import org.jspecify.annotations.NullMarked;
