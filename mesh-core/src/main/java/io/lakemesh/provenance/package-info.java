/** Releases and the evidence behind them: manifests, reports, digests. */
@NullMarked
package io.lakemesh.provenance;

import org.jspecify.annotations.NullMarked;
