/** YAML and JSON as one immutable tree that knows where each value stands in its file. */
@NullMarked
package io.lakemesh.document;

import org.jspecify.annotations.NullMarked;
