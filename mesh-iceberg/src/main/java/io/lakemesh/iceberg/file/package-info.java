/** Raw files as record sources: CSV, JSON Lines and Parquet, single, in folders or by glob. */
@NullMarked
package io.lakemesh.iceberg.file;

import org.jspecify.annotations.NullMarked;
