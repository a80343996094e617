/** What a raw file holds, in one pass, and a contract drafted from it. */
@NullMarked
package io.lakemesh.iceberg.profile;

import org.jspecify.annotations.NullMarked;
