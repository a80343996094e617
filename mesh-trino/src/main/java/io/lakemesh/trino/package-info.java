/** Queries on Trino, through its JDBC driver. */
@NullMarked
package io.lakemesh.trino;

import org.jspecify.annotations.NullMarked;
