/** Column types, fields and table schemas, free of any engine. */
@NullMarked
package io.lakemesh.schema;

import org.jspecify.annotations.NullMarked;
