/** The mesh's policy in Trino's SQL. */
@NullMarked
package io.lakemesh.governance.trino;

import org.jspecify.annotations.NullMarked;
