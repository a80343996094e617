/** Keeps the cost of tables flat as their history grows. */
@NullMarked
package io.lakemesh.maintenance;

import org.jspecify.annotations.NullMarked;
