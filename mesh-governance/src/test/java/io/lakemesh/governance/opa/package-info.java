@NullMarked
package io.lakemesh.governance.opa;

import org.jspecify.annotations.NullMarked;
