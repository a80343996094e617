/**
 * Parquet files written column by column from batches: the pages are encoded here, parquet-java writes them and the footer. For
 * flat tables; others go through Iceberg's writers.
 */
@NullMarked
package io.lakemesh.iceberg.columnar;

import org.jspecify.annotations.NullMarked;
