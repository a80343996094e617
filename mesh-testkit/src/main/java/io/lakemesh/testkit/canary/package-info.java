/** Values that must not be found again, a product that is full of them, and what looks for them in whatever was left. */
@NullMarked
package io.lakemesh.testkit.canary;

import org.jspecify.annotations.NullMarked;
