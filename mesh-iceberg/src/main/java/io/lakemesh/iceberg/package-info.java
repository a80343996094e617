/** The lakehouse on Apache Iceberg: staging, releases, time travel, quarantine. */
@NullMarked
package io.lakemesh.iceberg;

import org.jspecify.annotations.NullMarked;
