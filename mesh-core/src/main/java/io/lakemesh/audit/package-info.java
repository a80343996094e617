/** Who was let do what, and who was not: append-only records, chained by their hashes. They never hold a row's value. */
@NullMarked
package io.lakemesh.audit;

import org.jspecify.annotations.NullMarked;
