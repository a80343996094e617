/** Tests of the file sources. */
@NullMarked
package io.lakemesh.iceberg.file;

import org.jspecify.annotations.NullMarked;
