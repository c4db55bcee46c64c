package io.freshet.model.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.ModelException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The labels of a configuration: {@code id2label}, whose keys are the rows of the head. */
final class Labels {

    private Labels() {}

    /**
     * Reads the labels in order of the rows; empty where the configuration states none.
     *
     * @param source where they come from, for messages
     * @throws ModelException if rows are missing or a label stands twice
     */
    static List<String> read(String source, ObjectNode root) {
        JsonNode byId = root.path("id2label");
        List<String> labels = new ArrayList<>();
        if (!byId.isObject()) {
            return labels;
        }
        Set<String> seen = new HashSet<>();
        for (int row = 0; row < byId.size(); row++) {
            JsonNode label = byId.path(Integer.toString(row));
            if (!label.isTextual()) {
                throw new ModelException(
                        "%s: id2label has %d entries but no text for row %d; its keys must be 0, 1, 2, …"
                                .formatted(source, byId.size(), row));
            }
            if (!seen.add(label.asText())) {
                throw new ModelException("%s: id2label names '%s' twice".formatted(source, label.asText()));
            }
            labels.add(label.asText());
        }
        return labels;
    }

    /** Writes labels where others stood: keys keep their order, so that a file that is saved again is the same. */
    static void write(ObjectNode root, List<String> labels) {
        root.remove("num_labels");
        ObjectNode byId = root.putObject("id2label");
        ObjectNode byLabel = root.putObject("label2id");
        for (int row = 0; row < labels.size(); row++) {
            byId.put(Integer.toString(row), labels.get(row));
            byLabel.put(labels.get(row), row);
        }
    }

    static void remove(ObjectNode root) {
        root.remove(List.of("id2label", "label2id", "num_labels"));
    }
}
