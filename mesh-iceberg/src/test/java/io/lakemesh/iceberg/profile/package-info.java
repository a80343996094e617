/** Tests of profiles and drafted contracts. */
@NullMarked
package io.lakemesh.iceberg.profile;

import org.jspecify.annotations.NullMarked;
