# Who may read what of a table: the first of its grants that is for the subject and its purpose.
# input is as Trino's OPA plugin sends it; data.lakemesh.policy is built from the descriptors.
package lakemesh.decision

# the governance group's own rules: package governance, with allow, and deny as a set of reasons
denied if some _ in data.governance.deny

user := input.context.identity.user

groups := {spoken(group) | some group in object.get(input.context.identity, "groups", [])}

# Trino's file of groups cannot hold a colon in a group's name: KEY=VALUE there is our KEY:VALUE
spoken(group) := concat("", [substring(group, 0, at), ":", substring(group, at + 1, -1)]) if {
	input.context.softwareStack.trinoVersion
	not contains(group, ":")
	at := indexof(group, "=")
	at > 0
} else := group

table(schema, name) := data.lakemesh.policy.tables[schema][name]

grant(schema, name) := [candidate |
	some candidate in table(schema, name).grants
	some group in candidate.groups
	group in groups
	for_purpose(candidate)
][0] if {
	not denied
}

# The tables that the subject may read, by schema, one entry for each of its groups and purposes: for lists, which would else
# look at every grant of every table. Which grant decides is said by grant alone.
visible contains data.lakemesh.policy.readers[group][purpose] if {
	not denied
	some group in groups
	some purpose in purposes
}

# the empty one stands for grants that ask for none
purposes := {""} | {substring(group, 8, -1) | some group in groups; startswith(group, "purpose:")}

for_purpose(candidate) if count(candidate.purposes) == 0

for_purpose(candidate) if {
	some purpose in candidate.purposes
	concat(":", ["purpose", purpose]) in groups
}

# the values of subject.NAME in row filters
attribute("user") := [user]

attribute(name) := sort([substring(group, count(prefix), -1) | some group in groups; startswith(group, prefix)]) if {
	name != "user"
	prefix := concat("", [name, ":"])
}

# The native reader's question. It holds the policy itself, so the answer names the grant, and the digest of the policy that
# it was decided by.
default native := {"granted": false, "reason": "no grant is for the subject and its purpose"}

native := {"granted": false, "reason": "the governance group's rules deny it"} if denied

native := {"granted": true, "role": decided.role, "digest": table(asked.schemaName, asked.tableName).digest} if {
	asked := input.action.resource.table
	decided := grant(asked.schemaName, asked.tableName)
}
