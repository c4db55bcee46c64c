package io.freshet.evaluator.policy;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.freshet.core.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Policy files: YAML into checked policies. */
public final class PolicyFile {

    /** A label may be called yes or no. */
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PolicyFile() {}

    /**
     * Reads a policy file.
     *
     * @param objective what the models are trained for, by the services' settings
     * @throws ConfigException naming everything that is wrong with it, each by its path in the file
     */
    public static GatePolicy read(Path file, String objective) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(List.of(
                    "policy file %s can't be read (%s); name a readable YAML file in UTF-8".formatted(file, e)));
        }
        return parse(YAML, text, "policy file %s: ".formatted(file), objective);
    }

    /**
     * Reads the text of a policy file.
     *
     * @throws ConfigException naming everything that is wrong with it
     */
    public static GatePolicy fromYaml(String yaml, String objective) {
        return parse(YAML, yaml, "", objective);
    }

    static GatePolicy fromJson(String json) {
        return parse(JSON, json, "", null);
    }

    private static GatePolicy parse(ObjectMapper mapper, String text, String where, @Nullable String objective) {
        List<String> problems = new ArrayList<>();
        @Nullable GatePolicy policy = null;
        try {
            JsonNode node = mapper.readTree(text);
            policy = new PolicyReader(problems).read(node == null ? MissingNode.getInstance() : node, objective);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            problems.add("line %s, column %s is malformed: %s; mend it"
                    .formatted(
                            at == null ? "?" : at.getLineNr(),
                            at == null ? "?" : at.getColumnNr(),
                            e.getOriginalMessage()));
        }
        if (policy == null || !problems.isEmpty()) {
            throw new ConfigException(
                    problems.stream().map(problem -> where + problem).toList());
        }
        return policy;
    }
}
