/** Releases, checks and runs as tables, for stewards to query. A projection: the manifests and the log of runs are the truth. */
@NullMarked
package io.lakemesh.steward;

import org.jspecify.annotations.NullMarked;
