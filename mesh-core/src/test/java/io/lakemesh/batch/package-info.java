/** Tests of rows on the hot path. */
@NullMarked
package io.lakemesh.batch;

import org.jspecify.annotations.NullMarked;
