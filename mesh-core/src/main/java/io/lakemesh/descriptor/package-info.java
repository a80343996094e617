/** Product (ODPS) and contract (ODCS) descriptors as they are written. */
@NullMarked
package io.lakemesh.descriptor;

import org.jspecify.annotations.NullMarked;
