/** What people see: tables, colours, progress; safe for terminals. */
@NullMarked
package io.lakemesh.cli.text;

import org.jspecify.annotations.NullMarked;
