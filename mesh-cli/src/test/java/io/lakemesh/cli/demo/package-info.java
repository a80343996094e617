/** Tests of the demo's parts. */
@NullMarked
package io.lakemesh.cli.demo;

import org.jspecify.annotations.NullMarked;
