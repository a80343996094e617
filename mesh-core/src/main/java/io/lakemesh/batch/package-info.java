/** Rows on the hot path: typed columns, a batch at a time. */
@NullMarked
package io.lakemesh.batch;

import org.jspecify.annotations.NullMarked;
