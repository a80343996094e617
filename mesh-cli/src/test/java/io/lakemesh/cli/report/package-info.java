/** Tests of the demo's parts. */
@NullMarked
package io.lakemesh.cli.report;

import org.jspecify.annotations.NullMarked;
