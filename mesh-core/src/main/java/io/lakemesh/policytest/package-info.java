/** What the mesh's governance group expects of the policy, and whether every place that enforces it does so. */
@NullMarked
package io.lakemesh.policytest;

import org.jspecify.annotations.NullMarked;
