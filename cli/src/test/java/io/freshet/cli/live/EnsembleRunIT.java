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

/** A head beside the transformer goes the whole way: trained, scored, promoted, fetched and served. */
@Timeout(300)
class EnsembleRunIT {

    @TempDir
    Path directory;

    @Test
    void aHeadBesideTheTransformerIsTrainedScoredPromotedAndServed() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        List<String> lines = new ArrayList<>();
        for (LabeledExample example : TinyStream.examples("run", 400, 0, 4, 11)) {
            lines.add(mapper.createObjectNode()
                    .put("id", example.getId())
                    .put("text", text(example))
                    .put("label", example.getLabel())
                    .toString());
        }
        Path report = directory.resolve("report.json");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--input",
                Files.write(directory.resolve("tiny.jsonl"), lines).toString(),
                "--model",
                TinyStream.model(directory).toString(),
                "--data",
                directory.resolve("data").toString(),
                "--report",
                report.toString(),
                "--set",
                "trainer.strategy=ensemble"));
        TinyStream.settings().forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));

        assertThat(FreshetCommand.line().execute(arguments.toArray(String[]::new)))
                .isZero();

        JsonNode json = mapper.readTree(report.toFile());
        assertThat(json.at("/promotions")).isNotEmpty();
        Path champion = directory.resolve("data").resolve("champion");
        assertThat(champion.resolve("discriminant/head.safetensors")).isRegularFile();
        assertThat(champion.resolve("discriminant/encoder/model.safetensors")).isRegularFile();
        answersWell(champion);
    }

    private static void answersWell(Path champion) {
        List<LabeledExample> fresh = TinyStream.examples("fresh", 100, 0, 4, 99);
        try (TextClassifier classifier = TextClassifier.of(champion)) {
            List<String> answers = classifier
                    .classify(fresh.stream().map(EnsembleRunIT::text).toList())
                    .stream()
                    .map(answer -> answer.label().orElse(""))
                    .toList();
            long right = 0;
            for (int i = 0; i < answers.size(); i++) {
                right += answers.get(i).equals(fresh.get(i).getLabel()) ? 1 : 0;
            }
            assertThat(right).isGreaterThan(90); // one word decides, and the discriminant reads words
        }
    }

    private static String text(LabeledExample example) {
        return ((TextInput) example.getInput()).getText();
    }
}
