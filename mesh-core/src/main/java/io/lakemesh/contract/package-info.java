/** What a contract means: tables, columns and rules, resolved and checked for publishing. */
@NullMarked
package io.lakemesh.contract;

import org.jspecify.annotations.NullMarked;
