@NullMarked
package io.lakemesh.examples.python;

import org.jspecify.annotations.NullMarked;
