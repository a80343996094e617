/** The police example, on real files. */
@NullMarked
package io.lakemesh.examples.police;

import org.jspecify.annotations.NullMarked;
