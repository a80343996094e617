package io.lakemesh.descriptor;

import io.lakemesh.document.Node;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A data contract as ODCS 3.1 describes it. What Lakemesh acts on has a component here; all else stays in {@code document}, which
 * writes back as it was read.
 */
public record DataContract(
        String apiVersion,
        String id,
        String version,
        String status,
        @Nullable String name,
        List<SchemaObject> schema,
        List<SlaProperty> slaProperties,
        List<Role> roles,
        CustomProperties customProperties,
        Node.Mapping document) {
    public DataContract {
        schema = List.copyOf(schema);
        roles = List.copyOf(roles);
        slaProperties = List.copyOf(slaProperties);
    }

    /** One table. */
    public record SchemaObject(
            String name,
            @Nullable String description,
            List<SchemaProperty> properties,
            List<QualityRule> quality,
            CustomProperties customProperties,
            Node.Mapping node) {
        public SchemaObject {
            properties = List.copyOf(properties);
            quality = List.copyOf(quality);
        }
    }

    /**
     * A column, or a part of one: {@code properties} of an object, {@code items} of an array. {@code name} is null only of
     * items. Positions are -1 where none is given.
     */
    public record SchemaProperty(
            @Nullable String name,
            @Nullable String logicalType,
            @Nullable String physicalType,
            @Nullable String description,
            @Nullable String classification,
            boolean required,
            boolean unique,
            boolean primaryKey,
            int primaryKeyPosition,
            boolean partitioned,
            int partitionKeyPosition,
            Node.Mapping logicalTypeOptions,
            List<SchemaProperty> properties,
            @Nullable SchemaProperty items,
            List<QualityRule> quality,
            CustomProperties customProperties,
            Node.Mapping node) {
        public SchemaProperty {
            properties = List.copyOf(properties);
            quality = List.copyOf(quality);
        }

        /** This one, and each part of it at any depth. */
        public Stream<SchemaProperty> withParts() {
            return Stream.concat(
                    Stream.of(this),
                    Stream.concat(properties.stream(), Stream.ofNullable(items)).flatMap(SchemaProperty::withParts));
        }
    }

    /**
     * A rule of {@code quality}; {@code type} is {@code library} where the file gives none. The operator ({@code mustBe}, ...)
     * and what else the type brings stay in {@code node}.
     */
    public record QualityRule(
            @Nullable String id,
            @Nullable String name,
            String type,
            @Nullable String metric,
            @Nullable String query,
            @Nullable String engine,
            @Nullable String unit,
            @Nullable String severity,
            @Nullable String description,
            CustomProperties customProperties,
            Node.Mapping node) {}

    /** A role that the contract lists; {@code access} is null where the file says none. */
    public record Role(String role, @Nullable String access, CustomProperties customProperties, Node.Mapping node) {}

    /** One of {@code slaProperties}. */
    public record SlaProperty(
            String property, Node.Scalar value, @Nullable String unit, @Nullable String element, Node.Mapping node) {}
}
