/** The mesh's policy at Open Policy Agent: its bundle, and decisions that are asked for over REST. */
@NullMarked
package io.lakemesh.governance.opa;

import org.jspecify.annotations.NullMarked;
