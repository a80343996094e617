/** The benchmark: one job done by Lakemesh and by DuckDB, and what each takes. */
@NullMarked
package io.lakemesh.bench;

import org.jspecify.annotations.NullMarked;
