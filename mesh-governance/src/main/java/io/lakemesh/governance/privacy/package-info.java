/** The keys of domains, and the stand-ins that they make. */
@NullMarked
package io.lakemesh.governance.privacy;

import org.jspecify.annotations.NullMarked;
