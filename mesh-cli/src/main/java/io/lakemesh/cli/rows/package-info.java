/** Rows as text tables, JSON, CSV, JSON Lines and Parquet. */
@NullMarked
package io.lakemesh.cli.rows;

import org.jspecify.annotations.NullMarked;
