/** What {@code mesh demo} shows: made-up police records in the layout of the real ones. */
@NullMarked
package io.lakemesh.cli.demo;

import org.jspecify.annotations.NullMarked;
