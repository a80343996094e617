/** A product as a self-contained HTML page. */
@NullMarked
package io.lakemesh.cli.page;

import org.jspecify.annotations.NullMarked;
