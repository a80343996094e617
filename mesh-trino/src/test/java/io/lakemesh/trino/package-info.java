@NullMarked
package io.lakemesh.trino;

import org.jspecify.annotations.NullMarked;
