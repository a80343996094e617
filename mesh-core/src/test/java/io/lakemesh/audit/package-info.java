@NullMarked
package io.lakemesh.audit;

import org.jspecify.annotations.NullMarked;
