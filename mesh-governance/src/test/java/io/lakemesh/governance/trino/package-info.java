@NullMarked
package io.lakemesh.governance.trino;

import org.jspecify.annotations.NullMarked;
