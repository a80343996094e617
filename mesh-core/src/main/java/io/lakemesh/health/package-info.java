/** Looking at the services that a mesh is set up with, and saying what is wrong with them. */
@NullMarked
package io.lakemesh.health;

import org.jspecify.annotations.NullMarked;
