package lakemesh_test

import data.lakemesh.decision
import data.lakemesh.trino

policy := {
	"catalogs": ["lake"],
	"masks": {"round": ["round(", {"column": true}, ")"]},
	"readers": {"officers": {"operations": {"essex": {"t": true}}}, "analysts": {"": {"essex": {"t": true}}}},
	"tables": {"essex": {"t": {
		"digest": "d",
		"columns": {"a": "1", "b": "2", "old \"b\"": "2"},
		"grants": [
			{
				"role": "officer",
				"groups": ["officers"],
				"purposes": ["operations"],
				"rows": [["(\"a\" IN (", {"attribute": "force"}, "))"], ["(\"b\" = 1)"]],
				"masks": {},
				"clear": ["1", "2"],
			},
			{"role": "analyst", "groups": ["analysts"], "purposes": [], "rows": [], "masks": {"2": "round"}, "clear": ["1"]},
		],
	}}},
}

asked(groups, operation, resource) := {
	"context": {"identity": {"user": "ada", "groups": groups}},
	"action": {"operation": operation, "resource": resource},
}

listing(groups, operation, resources) := {
	"context": {"identity": {"user": "ada", "groups": groups}},
	"action": {"operation": operation, "filterResources": resources},
}

table(name) := {"table": {"catalogName": "lake", "schemaName": "essex", "tableName": name}}

column(name) := {"column": {"catalogName": "lake", "schemaName": "essex", "tableName": "t", "columnName": name}}

analyst := ["analysts"]

officer := ["officers", "purpose:operations", "force:o'x", "force:essex"]

test_a_member_reads_the_table if {
	trino.allow with input as asked(analyst, "SelectFromColumns", table("t")) with data.lakemesh.policy as policy
}

test_a_stranger_reads_nothing if {
	not trino.allow with input as asked([], "SelectFromColumns", table("t")) with data.lakemesh.policy as policy
	trino.rowFilters == {{"expression": "false"}} with input as asked([], "GetRowFilters", table("t"))
		with data.lakemesh.policy as policy
}

test_nobody_reads_metadata_tables if {
	every suffix in ["$files", "$partitions", "$snapshots", "$history", "$manifests", "$refs", "$properties", "$entries"] {
		not trino.allow with input as asked(analyst, "SelectFromColumns", table(concat("", ["t", suffix])))
			with data.lakemesh.policy as policy
	}
}

test_nothing_but_reading_is_allowed if {
	every operation in ["InsertIntoTable", "DeleteFromTable", "CreateViewWithSelectFromColumns", "ShowCreateTable", "DropTable"] {
		not trino.allow with input as asked(analyst, operation, table("t")) with data.lakemesh.policy as policy
	}
}

test_trinos_own_columns_are_denied_and_need_no_mask if {
	selected := object.union(table("t"), {"table": {"columns": ["a", "$path"]}})
	not trino.allow with input as asked(analyst, "SelectFromColumns", selected) with data.lakemesh.policy as policy
	trino.batchColumnMasks == set() with input as listing(analyst, "GetColumnMask", [column("$path")])
		with data.lakemesh.policy as policy
}

test_groups_of_trinos_file_have_equals_signs_for_colons if {
	spoken := asked(["officers", "purpose=operations", "force=a=b"], "GetRowFilters", table("t"))
	in_trino := object.union(spoken, {"context": {"softwareStack": {"trinoVersion": "476"}}})
	{"expression": "(\"a\" IN ('a=b'))"} in trino.rowFilters with input as in_trino with data.lakemesh.policy as policy
	trino.rowFilters == {{"expression": "false"}} with input as spoken with data.lakemesh.policy as policy
}

test_without_data_nothing_is_allowed if {
	not trino.allow with input as asked(analyst, "SelectFromColumns", table("t")) with data.lakemesh as {}
	trino.rowFilters == {{"expression": "false"}} with input as asked(analyst, "GetRowFilters", table("t"))
		with data.lakemesh.policy as {}
}

# Trino takes an undefined answer for "no filter" and "no mask"
test_what_cannot_be_read_hides_all if {
	every odd in [{}, {"action": {}}, asked(analyst, "GetRowFilters", {}), asked(analyst, "GetRowFilters", {"table": {}})] {
		trino.allow == false with input as odd with data.lakemesh.policy as policy
		trino.rowFilters == {{"expression": "false"}} with input as odd with data.lakemesh.policy as policy
	}
	every odd in [{}, {"column": {}}, {"column": {"columnName": "a"}}, {"column": {"schemaName": "essex", "tableName": "t"}}] {
		trino.batchColumnMasks == {{"index": 0, "viewExpression": {"expression": "NULL"}}} with input as listing(
			analyst,
			"GetColumnMask",
			[odd],
		)
			with data.lakemesh.policy as policy
	}
}

changed(path, value) := json.patch(policy, [{"op": "replace", "path": path, "value": value}])

test_a_filter_of_no_known_form_hides_all_rows if {
	every rows in [[["1 = 1 OR ", {"later": 1}]], [[7]], null, "", {}] {
		trino.rowFilters == {{"expression": "false"}} with input as asked(analyst, "GetRowFilters", table("t"))
			with data.lakemesh.policy as changed("tables/essex/t/grants/1/rows", rows)
	}
}

test_a_mask_of_no_known_form_hides_the_value if {
	every mask in [["a", {"later": 1}], [7], null, "", {}] {
		trino.batchColumnMasks == {{"index": 0, "viewExpression": {"expression": "NULL"}}} with input as listing(
			analyst,
			"GetColumnMask",
			[column("b")],
		)
			with data.lakemesh.policy as changed("masks/round", mask)
	}
}

test_row_filters_hold_the_subjects_attributes_escaped if {
	trino.rowFilters == {
		{"expression": "(\"a\" IN ('essex', 'o''x'))"},
		{"expression": "(\"b\" = 1)"},
	} with input as asked(officer, "GetRowFilters", table("t")) with data.lakemesh.policy as policy
}

test_an_attribute_that_is_not_there_is_null if {
	{"expression": "(\"a\" IN (NULL))"} in trino.rowFilters with input as asked(
		["officers", "purpose:operations"],
		"GetRowFilters",
		table("t"),
	)
		with data.lakemesh.policy as policy
}

test_columns_are_masked_under_every_name_and_unknown_ones_hidden if {
	trino.batchColumnMasks == {
		{"index": 1, "viewExpression": {"expression": "round(\"old \"\"b\"\"\")"}},
		{"index": 2, "viewExpression": {"expression": "NULL"}},
	} with input as listing(analyst, "GetColumnMask", [column("a"), column("old \"b\""), column("zz")])
		with data.lakemesh.policy as policy
}

test_a_stranger_sees_no_column if {
	count(trino.batchColumnMasks) == 2 with input as listing([], "GetColumnMask", [column("a"), column("b")])
		with data.lakemesh.policy as policy
}

test_lists_name_what_is_granted_only if {
	trino.batch == {0} with input as listing(analyst, "FilterTables", [table("t"), table("u"), table("t$files")])
		with data.lakemesh.policy as policy
	trino.batch == set() with input as listing([], "FilterTables", [table("t")]) with data.lakemesh.policy as policy
}

test_who_may_read_a_table_sees_its_schema_and_catalog if {
	schemas := [{"schema": {"catalogName": "lake", "schemaName": name}} | some name in ["kent", "essex", "information_schema"]]
	catalogs := [{"catalog": {"name": name}} | some name in ["other", "lake", "system"]]
	every groups in [analyst, officer, ["officers", "purpose=operations"]] {
		in_trino := {"context": {"softwareStack": {"trinoVersion": "476"}}}
		trino.batch == {1, 2} with input as object.union(listing(groups, "FilterSchemas", schemas), in_trino)
			with data.lakemesh.policy as policy
		trino.batch == {1, 2} with input as object.union(listing(groups, "FilterCatalogs", catalogs), in_trino)
			with data.lakemesh.policy as policy
	}
	every groups in [[], ["officers"], ["operations", "purpose:analysts"], ["officers", "purpose:"]] {
		trino.batch == set() with input as listing(groups, "FilterSchemas", schemas) with data.lakemesh.policy as policy
		trino.batch == {2} with input as listing(groups, "FilterCatalogs", catalogs) with data.lakemesh.policy as policy
	}
}

test_the_governance_groups_denial_hides_what_is_listed if {
	trino.batch == set() with input as listing(analyst, "FilterTables", [table("t")])
		with data.lakemesh.policy as policy
		with data.governance as {"deny": {"frozen"}}
	not trino.visible_catalog("lake") with input as listing(analyst, "FilterTables", [])
		with data.lakemesh.policy as policy
		with data.governance as {"deny": {"frozen"}}
}

test_columns_that_the_policy_does_not_know_are_not_listed if {
	trino.batch == {0} with input as listing(
		analyst,
		"FilterColumns",
		[{"table": {"catalogName": "lake", "schemaName": "essex", "tableName": "t", "columns": ["a", "zz"]}}],
	)
		with data.lakemesh.policy as policy
}

test_the_governance_group_denies_over_all if {
	denying := {"deny": {"frozen"}}
	not trino.allow with input as asked(analyst, "SelectFromColumns", table("t"))
		with data.lakemesh.policy as policy
		with data.governance as denying
	decision.native.granted == false with input as asked(analyst, "SelectFromColumns", table("t"))
		with data.lakemesh.policy as policy
		with data.governance as denying
	count(trino.batchColumnMasks) == 1 with input as listing(analyst, "GetColumnMask", [column("a")])
		with data.lakemesh.policy as policy
		with data.governance as denying
}

test_the_governance_group_allows_more if {
	trino.allow with input as asked(["platform"], "CreateCatalog", {"catalog": {"name": "x"}})
		with data.lakemesh.policy as policy
		with data.governance as {"allow": true}
}
