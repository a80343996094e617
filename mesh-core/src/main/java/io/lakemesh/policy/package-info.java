/** Who may read which rows and columns: the mesh's policy, what contracts add to it, and the decision for one subject. */
@NullMarked
package io.lakemesh.policy;

import org.jspecify.annotations.NullMarked;
