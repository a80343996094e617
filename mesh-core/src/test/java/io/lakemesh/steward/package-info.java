@NullMarked
package io.lakemesh.steward;

import org.jspecify.annotations.NullMarked;
