/** The door: {@link io.lakemesh.Mesh}, from which everything else is reached. */
@NullMarked
package io.lakemesh;

import org.jspecify.annotations.NullMarked;
