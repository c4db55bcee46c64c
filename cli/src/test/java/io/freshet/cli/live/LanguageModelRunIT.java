package io.freshet.cli.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.cli.command.FreshetCommand;
import io.freshet.model.LanguageModel;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.SeededText;
import io.freshet.model.TextInput;
import io.freshet.model.TextScore;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Language models learn from plain texts on a stream, from a file to the champion. */
@Timeout(600)
class LanguageModelRunIT {

    private static final int TEXTS = 1_200;

    /** What is said of each thing never varies, so that most words can be told from the others. */
    private static final List<String> SAYINGS = List.of(
            "apple is sweet",
            "river is deep",
            "window is open",
            "doctor is kind",
            "music is loud",
            "summer is warm",
            "garden is green",
            "letter is long",
            "engine is hot",
            "silver is bright",
            "market is busy",
            "winter is cold");

    @TempDir
    Path directory;

    @Test
    void aMaskedLanguageModelIsAdaptedToTextsWithoutLabels() throws IOException {
        Path model = directory.resolve("masked");
        write(model, Objective.MASKED_LM);

        JsonNode report = run("masked-lm", "--model", model.toString());

        improved(report);
        assertThat(bits(directory.resolve("data/champion"), Objective.MASKED_LM))
                .isLessThan(bits(model, Objective.MASKED_LM) / 2);
        assertThat(architecture()).isEqualTo("BertForMaskedLM");
    }

    @Test
    void aCausalLanguageModelIsMadeAndLearnsToWriteThem() throws IOException {
        JsonNode report = run("causal-lm");

        improved(report);
        assertThat(bits(directory.resolve("data/champion"), Objective.CAUSAL_LM))
                .isLessThan(bits(directory.resolve("data/model"), Objective.CAUSAL_LM) / 2);
        assertThat(architecture()).isEqualTo("GPT2LMHeadModel");
    }

    private static void write(Path model, Objective objective) throws IOException {
        WordPieces pieces = WordPieces.bertBaseUncased().cut(texts(1, 100), 3_000);
        Models.initialise(model, new ModelShape(1, 64, 2, 128, 64, 0.0), pieces, objective, 5);
    }

    private static List<String> texts(long seed, int count) {
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(String.join(
                    " and ",
                    IntStream.range(0, 3)
                            .mapToObj(clause -> SAYINGS.get(random.nextInt(SAYINGS.size())))
                            .toList()));
        }
        return texts;
    }

    private JsonNode run(String objective, String... more) throws IOException {
        Path input = Files.write(directory.resolve("texts.txt"), texts(7, TEXTS));
        Path report = directory.resolve("report.json");
        List<String> arguments = new ArrayList<>(List.of(
                "run",
                "--objective",
                objective,
                "--input",
                input.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--report",
                report.toString(),
                "--ahead",
                "200"));
        arguments.addAll(List.of(more));
        Map.of(
                        "learning.rate", "2e-3",
                        "learning.warmup.steps", "10",
                        "batch.size", "16",
                        "batch.window", "4",
                        "checkpoint.every.examples", "200",
                        "checkpoint.idle.ms", "500",
                        "ingest.heldout.fraction", "0.3",
                        "gate.pairs.min", "20",
                        "gate.pairs.max", "200",
                        "gate.lookback", "100")
                .forEach((key, value) -> arguments.addAll(List.of("--set", key + "=" + value)));
        int code = FreshetCommand.line().execute(arguments.toArray(String[]::new));
        assertThat(code).isZero();
        return new ObjectMapper().readTree(report.toFile());
    }

    /** Every text was learned from or held out, and held-out texts take the champion fewer bits than the first model. */
    private static void improved(JsonNode report) {
        assertThat(report.at("/rejected").toString()).isEqualTo("{}");
        assertThat(report.at("/heldOut").asLong() + report.at("/trained").asLong())
                .isEqualTo(TEXTS);
        JsonNode promotions = report.at("/promotions");
        assertThat(promotions).isNotEmpty();
        promotions.forEach(
                promotion -> assertThat(promotion.at("/candidateBitsPerToken").asDouble())
                        .isPositive()
                        .isLessThan(promotion.at("/championBitsPerToken").asDouble()));
        JsonNode last = promotions.get(promotions.size() - 1);
        assertThat(last.at("/id")).isEqualTo(report.at("/champion/id"));
        assertThat(report.at("/champion/heldOutBitsPerToken").asDouble())
                .isEqualTo(last.at("/candidateBitsPerToken").asDouble())
                .isLessThan(0.8 * promotions.get(0).at("/championBitsPerToken").asDouble());
        assertThat(report.at("/prequential/bitsPerToken").asDouble())
                .as("before texts were learned from, over the whole stream")
                .isPositive()
                .isLessThan(0.8 * promotions.get(0).at("/championBitsPerToken").asDouble());
    }

    /** Mean bits a token of texts that were not in the stream, or whose order of clauses was not. */
    private static double bits(Path model, Objective objective) {
        try (LanguageModel loaded = Models.openLanguageModel(model, objective, new ModelOptions(64, 1, 1))) {
            List<SeededText> fresh = IntStream.range(0, 100)
                    .mapToObj(i -> new SeededText(
                            loaded.encode(TextInput.of(texts(1_000 + i, 1).get(0))), i))
                    .toList();
            return loaded.score(fresh).stream()
                    .mapToDouble(TextScore::bitsPerToken)
                    .average()
                    .orElseThrow();
        }
    }

    private String architecture() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("data/champion/config.json").toFile())
                .at("/architectures/0")
                .asText();
    }
}
