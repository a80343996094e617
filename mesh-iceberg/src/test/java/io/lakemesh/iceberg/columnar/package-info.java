@NullMarked
package io.lakemesh.iceberg.columnar;

import org.jspecify.annotations.NullMarked;
