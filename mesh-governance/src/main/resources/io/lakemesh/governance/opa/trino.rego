# What Trino's OPA plugin asks. Everything is denied that is not allowed here; each answer is total, since Trino takes an
# undefined row filter for "no filter" and an undefined mask for "no mask".
package lakemesh.trino

import data.lakemesh.decision

operation := input.action.operation

resource := input.action.resource

default allow := false

allow if {
	not decision.denied
	allowed
}

allow if {
	not decision.denied
	data.governance.allow
}

# --- single questions ---------------------------------------------------------------------------------------------------

allowed if operation in {"ExecuteQuery", "SetSystemSessionProperty"}

allowed if {
	operation == "AccessCatalog"
	visible_catalog(resource.catalog.name)
}

allowed if {
	operation == "ShowSchemas"
	visible_catalog(resource.catalog.name)
}

allowed if {
	operation == "ShowTables"
	visible_schema(resource.schema.catalogName, resource.schema.schemaName)
}

allowed if {
	operation == "ShowColumns"
	visible_table(resource.table)
}

allowed if {
	operation == "SelectFromColumns"
	visible_table(resource.table)
	every column in object.get(resource.table, "columns", []) {
		not internal_column(resource.table, column)
	}
}

allowed if {
	operation in {"ViewQueryOwnedBy", "KillQueryOwnedBy"}
	resource.user.user == decision.user
}

# Trino's own scalar functions; a catalog's functions read its tables past filters and masks
allowed if {
	operation == "ExecuteFunction"
	resource.function.catalogName == "system"
	resource.function.schemaName == "builtin"
}

# --- lists --------------------------------------------------------------------------------------------------------------

batch contains i if {
	not decision.denied
	some i, candidate in input.action.filterResources
	listed(candidate)
}

batch contains i if {
	not decision.denied
	operation == "FilterColumns"
	table := input.action.filterResources[0].table
	visible_table(table)
	some i, column in table.columns
	known_column(table, column)
}

listed(candidate) if {
	operation == "FilterCatalogs"
	visible_catalog(candidate.catalog.name)
}

listed(candidate) if {
	operation == "FilterSchemas"
	visible_schema(candidate.schema.catalogName, candidate.schema.schemaName)
}

listed(candidate) if {
	operation == "FilterTables"
	open_schema(candidate.table.catalogName, candidate.table.schemaName)
	visible_catalog(candidate.table.catalogName)
}

listed(candidate) if {
	operation == "FilterTables"
	governed(candidate.table.catalogName)
	some tables in decision.visible
	tables[candidate.table.schemaName][candidate.table.tableName]
}

listed(candidate) if {
	operation == "FilterViewQueryOwnedBy"
	candidate.user.user == decision.user
}

# --- what is visible ------------------------------------------------------------------------------------------------------

governed(catalog) if catalog in data.lakemesh.policy.catalogs

# metadata of what the subject may see: Trino asks about each entry of it
open_schema("system", "jdbc")

open_schema(catalog, "information_schema") if governed(catalog)

visible_catalog("system")

visible_catalog(catalog) if {
	governed(catalog)
	count(decision.visible) > 0
}

visible_schema(catalog, schema) if {
	open_schema(catalog, schema)
	visible_catalog(catalog)
}

visible_schema(catalog, schema) if {
	governed(catalog)
	some tables in decision.visible
	tables[schema]
}

visible_table(table) if {
	open_schema(table.catalogName, table.schemaName)
	visible_catalog(table.catalogName)
}

# a name with a $ is none of the policy's: metadata tables show what masks and filters hide
visible_table(table) if {
	governed(table.catalogName)
	decision.grant(table.schemaName, table.tableName)
}

known_column(table, _) if open_schema(table.catalogName, table.schemaName)

known_column(table, column) if decision.table(table.schemaName, table.tableName).columns[column]

# Trino's own columns, such as $path and $partition, show values of partitions: they are denied, not masked, since Trino asks
# again for each column that has a mask
internal_column(table, column) if {
	startswith(column, "$")
	not known_column(table, column)
}

# --- rows and columns -------------------------------------------------------------------------------------------------

rowFilters contains {"expression": "false"} if not readable

rowFilters contains {"expression": filter} if {
	readable
	not open_schema(resource.table.catalogName, resource.table.schemaName)
	some template in decision.grant(resource.table.schemaName, resource.table.tableName).rows
	filter := condition(template)
}

readable if {
	not decision.denied
	visible_table(resource.table)
	filterable(resource.table)
}

filterable(table) if open_schema(table.catalogName, table.schemaName)

filterable(table) if is_array(decision.grant(table.schemaName, table.tableName).rows)

condition(template) := sql if sql := filled(template, "")

else := "false"

batchColumnMasks contains {"index": i, "viewExpression": {"expression": mask(candidate)}} if {
	some i, candidate in input.action.filterResources
	not unmasked(candidate)
}

unmasked(candidate) if clear(candidate.column)

unmasked(candidate) if internal_column(candidate.column, candidate.column.columnName)

clear(column) if {
	not decision.denied
	open_schema(column.catalogName, column.schemaName)
}

clear(column) if {
	decided := decision.grant(column.schemaName, column.tableName)
	id := decision.table(column.schemaName, column.tableName).columns[column.columnName]
	id in decided.clear
}

mask(candidate) := filled(template, column.columnName) if {
	column := candidate.column
	decided := decision.grant(column.schemaName, column.tableName)
	id := decision.table(column.schemaName, column.tableName).columns[column.columnName]
	template := data.lakemesh.policy.masks[decided.masks[id]]
} else := "NULL"

# --- templates: texts, and what is filled in; undefined where a piece is of no kind that is known here -----------------------

filled(template, column) := concat("", parts) if {
	is_array(template)
	parts := [part |
		some piece in template
		part := filled_part(piece, column)
	]
	count(parts) == count(template)
}

filled_part(piece, _) := piece if is_string(piece)

filled_part(piece, column) := concat("", ["\"", replace(column, "\"", "\"\""), "\""]) if piece.column

filled_part(piece, _) := "NULL" if count(decision.attribute(piece.attribute)) == 0

filled_part(piece, _) := concat(", ", [literal |
	some value in decision.attribute(piece.attribute)
	literal := concat("", ["'", replace(value, "'", "''"), "'"])
]) if {
	count(decision.attribute(piece.attribute)) > 0
}
