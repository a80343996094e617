/** What can go wrong, one exception for each thing that a caller can do about it. */
@NullMarked
package io.lakemesh.error;

import org.jspecify.annotations.NullMarked;
