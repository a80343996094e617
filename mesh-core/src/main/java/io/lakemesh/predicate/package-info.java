/** The predicate language: one typed tree, parsed from an SQL-like text. */
@NullMarked
package io.lakemesh.predicate;

import org.jspecify.annotations.NullMarked;
