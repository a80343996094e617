/** Values as bytes, and temporary files for what does not fit into memory. */
@NullMarked
package io.lakemesh.spill;

import org.jspecify.annotations.NullMarked;
