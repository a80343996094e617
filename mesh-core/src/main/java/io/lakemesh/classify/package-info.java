/** What columns look like they hold of people, by their names and a sample of their values. */
@NullMarked
package io.lakemesh.classify;

import org.jspecify.annotations.NullMarked;
