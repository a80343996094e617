/** Keeps the values of protected columns from files: what is stored in their place, and the keys that it takes. */
@NullMarked
package io.lakemesh.protect;

import org.jspecify.annotations.NullMarked;
