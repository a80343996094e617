/** One contract test per port, fixtures and generators. */
@NullMarked
package io.lakemesh.testkit;

import org.jspecify.annotations.NullMarked;
