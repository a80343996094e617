package io.lakemesh.descriptor;

import static io.lakemesh.descriptor.Shape.choice;
import static io.lakemesh.descriptor.Shape.integer;
import static io.lakemesh.descriptor.Shape.is;
import static io.lakemesh.descriptor.Shape.listOf;
import static io.lakemesh.descriptor.Shape.number;
import static io.lakemesh.descriptor.Shape.positive;
import static io.lakemesh.descriptor.Shape.size;

import com.google.re2j.Pattern;
import io.lakemesh.descriptor.Shape.Flag;
import io.lakemesh.descriptor.Shape.Items;
import io.lakemesh.descriptor.Shape.Keys;
import io.lakemesh.descriptor.Shape.Later;
import io.lakemesh.descriptor.Shape.ListOr;
import io.lakemesh.descriptor.Shape.Text;
import io.lakemesh.document.Node;
import io.lakemesh.error.Problems;
import java.util.List;

/** Objects, properties and relationships of ODCS 3.1.0. */
final class OdcsSchema {
    private static final String TYPE = "logicalType";
    private static final String OPTIONS = "logicalTypeOptions";

    private static final Shape REFERENCE = new Shape.Matching(
            Pattern.compile("^[A-Za-z_][A-Za-z0-9_]*\\.[A-Za-z_][A-Za-z0-9_]*$"
                    + "|^(?:(?:https?://)?[A-Za-z0-9._\\-/]+\\.yaml#)?/?[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+"
                    + "(?:/[A-Za-z_][A-Za-z0-9_]*/[A-Za-z0-9_-]+)*$"),
            "a reference such as object.property or schema/object/properties/property");

    private static final Shape ENDPOINT = new ListOr(new Items(REFERENCE, 1, Integer.MAX_VALUE, false), REFERENCE);

    private static final Keys RELATIONSHIP = Keys.of("a relationship")
            .with(choice("foreignKey"), "type")
            .with(OdcsStandard.CUSTOM_PROPERTIES, "customProperties")
            .with(ENDPOINT, "to!");

    private static final Keys OBJECT_RELATIONSHIP =
            RELATIONSHIP.with(ENDPOINT, "from!").rule(OdcsSchema::requireEndpointsAlike);

    private static final Keys ELEMENT = OdcsStandard.tagged(OdcsStandard.identified("a schema element"))
            .text("name", "physicalType", "physicalName", "description", "businessName")
            .with(OdcsStandard.QUALITY, "quality");

    private static final Keys TEXT_OPTIONS =
            options("text").with(size(), "minLength", "maxLength").text("pattern", "format");

    private static final Keys DATE_OPTIONS =
            options("a date").text("format", "exclusiveMaximum", "maximum", "exclusiveMinimum", "minimum");

    private static final Keys TIME_OPTIONS = DATE_OPTIONS
            .titled("the options of a time")
            .with(new Flag(), "timezone")
            .text("defaultTimezone");

    private static final Keys NUMBER_OPTIONS = options("a number")
            .with(positive(), "multipleOf")
            .with(number(), "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum");

    private static final Keys OBJECT_OPTIONS = options("an object")
            .with(size(), "maxProperties", "minProperties")
            .with(new Items(new Text(), 1, Integer.MAX_VALUE, true), "required");

    private static final Keys ARRAY_OPTIONS =
            options("an array").with(size(), "maxItems", "minItems").with(new Flag(), "uniqueItems");

    /** The schema's conditions all hold where no type is given, so that only what every type allows is allowed. */
    private static final Keys UNTYPED_OPTIONS = options("a property without logicalType");

    private static final Keys BASE_PROPERTY = typed(ELEMENT.titled("a schema property")
            .with(new Flag(), "primaryKey", "required", "unique", "partitioned", "criticalDataElement")
            .with(integer(), "primaryKeyPosition", "partitionKeyPosition")
            .with(
                    choice("string", "date", "timestamp", "time", "number", "integer", "object", "array", "boolean"),
                    TYPE)
            .with(Keys.anyOf("the options"), OPTIONS)
            .text("classification", "encryptedName", "transformLogic", "transformDescription")
            .with(listOf(new Text()), "transformSourceObjects")
            .with(listOf(new Shape.Anything()), "examples")
            .with(listOf(RELATIONSHIP), "relationships"));

    private static final Keys PROPERTY = BASE_PROPERTY.text("name!");

    private static final Keys ITEMS = BASE_PROPERTY.titled("the items of an array");

    static final Shape OBJECTS = listOf(ELEMENT.titled("a schema object")
            .text("name!", "dataGranularityDescription")
            .with(choice("object"), TYPE)
            .with(listOf(PROPERTY), "properties")
            .with(listOf(OBJECT_RELATIONSHIP), "relationships"));

    private OdcsSchema() {}

    private static Keys options(String of) {
        return Keys.of("the options of " + of);
    }

    private static Keys typed(Keys property) {
        Keys typed = property.when(is(TYPE, "string"), with(TEXT_OPTIONS))
                .when(is(TYPE, "date"), with(DATE_OPTIONS))
                .when(is(TYPE, "timestamp").or(is(TYPE, "time")), with(TIME_OPTIONS))
                .when(is(TYPE, "integer"), with(NUMBER_OPTIONS.with(integerFormats(), "format")))
                .when(is(TYPE, "number"), with(NUMBER_OPTIONS.with(choice("f32", "f64"), "format")))
                .when(is(TYPE, "object"), nested(with(OBJECT_OPTIONS)))
                .when(is(TYPE, "array"), element(with(ARRAY_OPTIONS)));
        return typed.when(mapping -> !mapping.entries().containsKey(TYPE), element(nested(with(UNTYPED_OPTIONS))));
    }

    private static Shape integerFormats() {
        return choice("i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128");
    }

    private static Keys with(Keys options) {
        return Keys.of("a schema property").with(options, OPTIONS);
    }

    private static Keys nested(Keys keys) {
        return keys.with(listOf(new Later(() -> PROPERTY)), "properties");
    }

    private static Keys element(Keys keys) {
        return keys.with(new Later(() -> ITEMS), "items");
    }

    private static void requireEndpointsAlike(Node.Mapping relationship, Problems problems) {
        List<Boolean> lists = relationship.entries().entrySet().stream()
                .filter(entry -> entry.getKey().equals("from") || entry.getKey().equals("to"))
                .map(entry -> entry.getValue() instanceof Node.Sequence)
                .distinct()
                .toList();
        if (lists.size() > 1) {
            problems.error(
                    relationship.placeOf("to"),
                    "'from' and 'to' are a list and a single reference, expected both lists or both single");
        }
    }
}
