/** Whole runs through the Java API, on local files. */
@NullMarked
package io.lakemesh.iceberg.mesh;

import org.jspecify.annotations.NullMarked;
