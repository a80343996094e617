/** Conforming raw rows to a contract and judging them by its rules. */
@NullMarked
package io.lakemesh.check;

import org.jspecify.annotations.NullMarked;
