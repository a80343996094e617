package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Shape.choice;
import static io.lakemesh.descriptor.Shape.listOf;

import io.lakemesh.descriptor.Shape.Keys;
import java.util.List;

/** The Open Data Product Standard, 1.0.0. */
final class OdpsStandard {
    private static final List<String> VERSIONS = List.of("v1.0.0", "v0.9.0");

    private static final Shape TAGS = listOf(new Shape.Text());

    private static final Shape CUSTOM_PROPERTIES = listOf(Keys.of("a custom property")
            .text("property!")
            .with(new Shape.Anything(), "value!")
            .text("description"));

    private static final Shape AUTHORITATIVE_DEFINITIONS =
            listOf(Keys.of("an authoritative definition").text("type!", "url!", "description"));

    private static final Keys DESCRIPTION =
            documented(Keys.of("the description").text("purpose", "limitations", "usage"));

    private static final Keys INPUT_PORT = tagged(Keys.of("an input port").text("name!", "version!", "contractId!"));

    private static final Keys OUTPUT_PORT = tagged(
                    Keys.of("an output port").text("name!", "description", "type", "version!", "contractId"))
            .with(listOf(Keys.of("an sbom").text("type", "url!")), "sbom")
            .with(listOf(Keys.of("an input contract").text("id!", "version!")), "inputContracts");

    private static final Keys MANAGEMENT_PORT =
            tagged(Keys.of("a management port").text("name!", "content!", "type", "url", "channel", "description"));

    private static final Keys SUPPORT = tagged(
            Keys.of("a support channel").text("channel!", "url!", "description", "tool", "scope", "invitationUrl"));

    private static final Keys TEAM_MEMBER = tagged(Keys.of("a team member")
            .text("username!", "name", "description", "role", "dateIn", "dateOut", "replacedByUsername"));

    private static final Keys TEAM =
            tagged(Keys.of("the team").text("name", "description").with(listOf(TEAM_MEMBER), "members"));

    static final Standard STANDARD = new Standard(
            "ODPS 1.0.0",
            VERSIONS,
            tagged(Keys.of("the data product")
                            .with(new Shape.Version(VERSIONS), "apiVersion!")
                            .with(choice("DataProduct"), "kind!")
                            .text("id!", "name", "version", "status!", "domain", "tenant", "productCreatedTs"))
                    .with(DESCRIPTION, "description")
                    .with(listOf(INPUT_PORT), "inputPorts")
                    .with(listOf(OUTPUT_PORT), "outputPorts")
                    .with(listOf(MANAGEMENT_PORT), "managementPorts")
                    .with(listOf(SUPPORT), "support")
                    .with(TEAM, "team"));

    private OdpsStandard() {}

    private static Keys documented(Keys keys) {
        return keys.with(CUSTOM_PROPERTIES, "customProperties")
                .with(AUTHORITATIVE_DEFINITIONS, "authoritativeDefinitions");
    }

    private static Keys tagged(Keys keys) {
        return documented(keys).with(TAGS, "tags");
    }
}
