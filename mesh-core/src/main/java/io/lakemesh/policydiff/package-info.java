/** Who gains or loses what between two revisions of a mesh's descriptors. */
@NullMarked
package io.lakemesh.policydiff;

import org.jspecify.annotations.NullMarked;
