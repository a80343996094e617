/** The demo's story, its product template and its made-up records. */
@NullMarked
package io.lakemesh.cli.demo;

import org.jspecify.annotations.NullMarked;
