/** What is shown, or stored, in the place of values. */
@NullMarked
package io.lakemesh.mask;

import org.jspecify.annotations.NullMarked;
