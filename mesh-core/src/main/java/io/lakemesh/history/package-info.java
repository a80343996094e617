/** Releases after the fact: found, read, compared, verified, rolled back. */
@NullMarked
package io.lakemesh.history;

import org.jspecify.annotations.NullMarked;
