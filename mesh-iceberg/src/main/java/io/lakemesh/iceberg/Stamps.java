package io.lakemesh.iceberg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.lakemesh.contract.TableContract.TableName;
import io.lakemesh.error.IntegrityException;
import java.util.ArrayList;
import java.util.List;

/** What a release keeps of its tables, as the JSON text of a table property. */
final class Stamps {
    static final ObjectMapper MAPPER = new ObjectMapper();

    private Stamps() {}

    static String write(List<Versions.Stamp> stamps) {
        ArrayNode array = MAPPER.createArrayNode();
        for (Versions.Stamp stamp : stamps) {
            ObjectNode node = array.addObject();
            node.put("object", stamp.object());
            node.put("namespace", stamp.table().namespace());
            node.put("table", stamp.table().name());
            node.put("snapshot-id", stamp.snapshotId());
            node.put("schema-id", stamp.schemaId());
            ArrayNode key = node.putArray("key");
            stamp.key().forEach(key::add);
            node.put("contract-id", stamp.contractId());
            node.put("contract-version", stamp.contractVersion());
            node.put("added-rows", stamp.addedRows());
        }
        return array.toString();
    }

    static List<Versions.Stamp> read(String json) {
        try {
            List<Versions.Stamp> stamps = new ArrayList<>();
            MAPPER.readTree(json).forEach(node -> stamps.add(stamp(node)));
            return stamps;
        } catch (JsonProcessingException e) {
            throw new IntegrityException("Cannot read table property " + TableProperties.TABLES + ": not JSON", e);
        }
    }

    private static Versions.Stamp stamp(JsonNode node) {
        List<Integer> key = new ArrayList<>();
        node.path("key").forEach(id -> key.add(id.asInt()));
        return new Versions.Stamp(
                node.path("object").asText(),
                new TableName(
                        node.path("namespace").asText(), node.path("table").asText()),
                node.path("snapshot-id").asLong(),
                node.path("schema-id").asInt(),
                key,
                node.path("contract-id").asText(),
                node.path("contract-version").asText(),
                node.path("added-rows").asLong());
    }
}
