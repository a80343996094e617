package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Shape.choice;
import static io.lakemesh.descriptor.Shape.listOf;
import static io.lakemesh.descriptor.Shape.number;

import com.google.re2j.Pattern;
import io.lakemesh.descriptor.Shape.Keys;
import java.util.List;

/** The Open Data Contract Standard, 3.1.0. */
final class OdcsStandard {
    private static final List<String> VERSIONS =
            List.of("v3.1.0", "v3.0.2", "v3.0.1", "v3.0.0", "v2.2.2", "v2.2.1", "v2.2.0");

    private static final Shape STABLE_ID =
            new Shape.Matching(Pattern.compile("^[A-Za-z0-9_-]+$"), "letters A to Z, digits, '_' and '-'");

    private static final Shape TAGS = listOf(new Shape.Text());

    static final Shape CUSTOM_PROPERTIES = listOf(
            identified("a custom property").text("property!", "description").with(new Shape.Anything(), "value!"));

    private static final Shape AUTHORITATIVE_DEFINITIONS =
            listOf(identified("an authoritative definition").text("url!", "type!", "description"));

    static final Shape QUALITY =
            OdcsQuality.rules(tagged(identified("a quality rule")).text("description"));

    private static final Shape ROLES = listOf(identified("a role")
            .text("role!", "description", "access", "firstLevelApprovers", "secondLevelApprovers")
            .with(CUSTOM_PROPERTIES, "customProperties"));

    private static final Shape SERVERS = listOf(OdcsServers.typed(identified("a server")
            .text("server!", "description", "environment")
            .with(ROLES, "roles")
            .with(CUSTOM_PROPERTIES, "customProperties")));

    /** The one mapping whose further keys the standard leaves open. */
    private static final Shape DESCRIPTION = documented(
                    Keys.of("the description").text("usage", "purpose", "limitations"))
            .opened();

    private static final Shape SUPPORT = listOf(identified("a support channel")
            .text("channel!", "url", "description", "tool", "scope", "invitationUrl")
            .with(CUSTOM_PROPERTIES, "customProperties"));

    private static final Shape PRICE =
            identified("the price").with(number(), "priceAmount").text("priceCurrency", "priceUnit");

    private static final Shape.Items TEAM_MEMBERS = listOf(tagged(identified("a team member"))
            .text("username!", "name", "description", "role", "dateIn", "dateOut", "replacedByUsername"));

    /** A mapping, or as in earlier versions a list of members. */
    private static final Shape TEAM = new Shape.ListOr(
            TEAM_MEMBERS,
            tagged(identified("the team")).text("name", "description").with(TEAM_MEMBERS, "members"));

    private static final Shape SLA_PROPERTIES = listOf(identified("an SLA property")
            .text("property!")
            .with(new Shape.AnyScalar(), "value!", "valueExt")
            .text("unit", "element", "driver", "description", "scheduler", "schedule"));

    static final Standard STANDARD = new Standard(
            "ODCS 3.1.0",
            VERSIONS,
            documented(Keys.of("the data contract"))
                    .with(new Shape.Version(VERSIONS), "apiVersion!")
                    .with(choice("DataContract"), "kind!")
                    .text("id!", "version!", "status!", "name", "tenant", "dataProduct", "domain")
                    .text("slaDefaultElement", "contractCreatedTs")
                    .with(TAGS, "tags")
                    .with(SERVERS, "servers")
                    .with(DESCRIPTION, "description")
                    .with(new Shape.Later(() -> OdcsSchema.OBJECTS), "schema")
                    .with(SUPPORT, "support")
                    .with(PRICE, "price")
                    .with(TEAM, "team")
                    .with(ROLES, "roles")
                    .with(SLA_PROPERTIES, "slaProperties"));

    private OdcsStandard() {}

    static Keys identified(String title) {
        return Keys.of(title).with(STABLE_ID, "id");
    }

    static Keys documented(Keys keys) {
        return keys.with(CUSTOM_PROPERTIES, "customProperties")
                .with(AUTHORITATIVE_DEFINITIONS, "authoritativeDefinitions");
    }

    static Keys tagged(Keys keys) {
        return documented(keys).with(TAGS, "tags");
    }
}
