package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.command.FreshetCommand;
import io.freshet.client.TextClassifier;
import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The command that users type first. */
@Timeout(300)
class RunIT {

    private static final int EXAMPLES = 700;

    @TempDir
    Path directory;

    @Test
    void aFileBecomesABetterModelAndAnExactReport() throws IOException {
        Path model = TinyStream.model(directory);
        Path input = Files.write(directory.resolve("tiny.jsonl"), lines());
        Path report = directory.resolve("report.json");
        Path data = directory.resolve("data");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--input",
                input.toString(),
                "--shuffle",
                "3",
                "--model",
                model.toString(),
                "--data",
                data.toString(),
                "--report",
                report.toString(),
                "--ahead",
                "150"));
        TinyStream.settings().forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));

        int code = FreshetCommand.line().execute(arguments.toArray(String[]::new));

        assertThat(code).isZero();
        JsonNode json = new ObjectMapper().readTree(report.toFile());
        assertThat(json.at("/published").asLong()).isEqualTo(EXAMPLES + 3 + 2 + 5);
        assertThat(json.at("/rejected").toString()).isEqualTo("{\"record.not.avro\":3,\"text.blank\":2}");
        assertThat(json.at("/duplicates").asLong()).isEqualTo(5);
        assertThat(json.at("/heldOut").asLong() + json.at("/trained").asLong()).isEqualTo(EXAMPLES);
        assertThat(json.at("/promotions")).isNotEmpty();
        JsonNode promotion = json.at("/promotions").get(json.at("/promotions").size() - 1);
        assertThat(promotion.at("/id")).isEqualTo(json.at("/champion/id"));
        assertThat(promotion.at("/candidateAccuracy").asDouble())
                .isGreaterThan(promotion.at("/championAccuracy").asDouble());
        offsetsFollowEachOther(json.at("/checkpoints"), json.at("/trained").asLong());
        answersWell(data.resolve("champion"));
    }

    /** Good lines, three that are no examples, two blank texts, and five repetitions. */
    private static List<String> lines() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (LabeledExample example : TinyStream.examples("run", EXAMPLES, 0, 4, 11)) {
            lines.add(mapper.createObjectNode()
                    .put("id", example.getId())
                    .put("text", ((TextInput) example.getInput()).getText())
                    .put("label", example.getLabel())
                    .toString());
        }
        lines.addAll(lines.subList(0, 5));
        lines.addAll(List.of("{\"text\": ", "[1]", "{\"label\": \"no text\"}"));
        lines.addAll(List.of("{\"text\": \" \", \"label\": \"x\"}", "{\"text\": \"\", \"label\": \"x\"}"));
        return lines;
    }

    /** With one partition and no record rejected in training, the ranges hold as many records as were trained. */
    private static void offsetsFollowEachOther(JsonNode checkpoints, long trained) {
        long end = 0;
        for (JsonNode checkpoint : checkpoints) {
            for (JsonNode range : checkpoint.at("/offsets")) {
                assertThat(range.at("/from").asLong()).isEqualTo(end);
                end = range.at("/to").asLong();
            }
        }
        assertThat(end).isGreaterThanOrEqualTo(trained); // control records take offsets too
    }

    private static void answersWell(Path champion) {
        List<LabeledExample> fresh = TinyStream.examples("fresh", 100, 0, 4, 99);
        try (TextClassifier classifier = TextClassifier.of(champion)) {
            List<String> texts = fresh.stream()
                    .map(example -> ((TextInput) example.getInput()).getText())
                    .toList();
            List<String> answers = classifier.classify(texts).stream()
                    .map(answer -> answer.label().orElse(""))
                    .toList();
            long right = 0;
            for (int i = 0; i < answers.size(); i++) {
                right += answers.get(i).equals(fresh.get(i).getLabel()) ? 1 : 0;
            }
            assertThat(right).isGreaterThan(70); // guessing gives 25
        }
    }
}
