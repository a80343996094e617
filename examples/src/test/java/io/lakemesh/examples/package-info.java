/** What several examples share. */
@NullMarked
package io.lakemesh.examples;

import org.jspecify.annotations.NullMarked;
