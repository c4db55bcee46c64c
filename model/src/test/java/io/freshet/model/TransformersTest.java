package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved directories through transformers itself; needs FRESHET_PYTHON, a Python that has transformers and torch. */
class TransformersTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path temp;

    private String python = "";

    @BeforeEach
    void findPython() {
        @Nullable String found = System.getProperty("freshet.python", System.getenv("FRESHET_PYTHON"));
        assumeTrue(found != null, "set FRESHET_PYTHON to a Python that has transformers and torch");
        python = String.valueOf(found);
    }

    @Test
    void loadsASavedClassifierWithTheSameLogits() throws Exception {
        Path saved = temp.resolve("saved");
        float[][] ours;
        try (TrainableClassifier model =
                Models.openTrainable(TinyModels.initialise(temp.resolve("fresh")), ModelOptions.DEFAULTS)) {
            TinyModels.addLabels(model);
            for (int step = 1; step <= 40; step++) {
                model.train(TinyModels.batch(model, 8, step), TinyModels.settings(step));
            }
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(saved);
            }
            List<EncodedText> texts = TinyModels.TEXTS.stream()
                    .map(text -> model.encode(TextInput.of(text)))
                    .toList();
            ours = ((TextClassifierModel) model).logitRows(texts);
        }
        JsonNode theirs = run(JSON.writeValueAsString(TinyModels.TEXTS), "classifier", saved);
        assertThat(theirs.path("labels").toString()).isEqualTo("[\"l0\",\"l1\",\"l2\"]");
        for (int i = 0; i < ours.length; i++) {
            for (int label = 0; label < 3; label++) {
                assertThat((double) ours[i][label])
                        .isCloseTo(theirs.path("logits").get(i).get(label).asDouble(), within(1e-5));
            }
        }
    }

    @Test
    void loadsABareBodyWithNothingMissing() throws Exception {
        Path fresh = TinyModels.initialise(temp.resolve("fresh"));
        assertThat(run("", "bare", fresh).toString()).isEqualTo("[]");
    }

    @ParameterizedTest
    @CsvSource({
        "bert-classification, classification, BertForSequenceClassification",
        "bert-classification, masked-lm, BertForMaskedLM",
        "bert-masked-lm, masked-lm, BertForMaskedLM",
        "distilbert-classification, classification, DistilBertForSequenceClassification",
        "distilbert-classification, masked-lm, DistilBertForMaskedLM",
        "roberta-classification, classification, RobertaForSequenceClassification",
        "roberta-classification, masked-lm, RobertaForMaskedLM",
        "gpt2-classification, classification, GPT2ForSequenceClassification",
        "gpt2-causal-lm, causal-lm, GPT2LMHeadModel",
        "llama-causal-lm, causal-lm, LlamaForCausalLM",
        "llama-causal-lm, classification, LlamaForSequenceClassification",
    })
    void loadsEveryFamilyAfterItWasTrained(String fixture, String objective, String architecture) throws Exception {
        Path directory = Fixtures.shared("fixtures/" + fixture);
        Path saved = temp.resolve("saved");
        float[][] ours = trainAndSave(directory, Objective.of(objective), saved);
        JsonNode theirs = run(JSON.writeValueAsString(TinyModels.TEXTS), "named", saved);
        assertThat(theirs.path("class").asText()).isEqualTo(architecture);
        assertThat(theirs.path("different")).isEmpty();
        for (int text = 0; text < ours.length; text++) {
            JsonNode row = theirs.path("logits").path(text);
            assertThat(row).hasSize(ours[text].length);
            for (int i = 0; i < ours[text].length; i++) {
                assertThat((double) ours[text][i]).isCloseTo(row.get(i).asDouble(), within(1e-5));
            }
        }
    }

    /** Takes a few steps, saves, and returns the logits of each text alone. */
    private static float[][] trainAndSave(Path directory, Objective objective, Path saved) throws IOException {
        ModelOptions options = ModelOptions.DEFAULTS;
        try (Trainable model = objective.isLanguageModel()
                        ? Models.trainableLanguageModel(directory, objective, options)
                        : Models.openTrainable(directory, options);
                ModelSnapshot snapshot = trained(model).snapshot()) {
            snapshot.writeModel(saved);
            float[][] logits = new float[TinyModels.TEXTS.size()][];
            for (int i = 0; i < logits.length; i++) {
                EncodedText text = model.encode(TextInput.of(TinyModels.TEXTS.get(i)));
                logits[i] = ((LoadedTextModel) model).logitRows(List.of(text))[0];
            }
            return logits;
        }
    }

    private static Trainable trained(Trainable model) {
        if (model instanceof TrainableClassifier classifier
                && classifier.labels().isEmpty()) {
            for (int label = 0; label < 5; label++) {
                classifier.addLabel("LABEL_" + label, 3);
            }
        }
        List<TrainingExample> batch = new ArrayList<>();
        for (int i = 0; i < TinyModels.TEXTS.size(); i++) {
            EncodedText text = model.encode(TextInput.of(TinyModels.TEXTS.get(i)));
            batch.add(new TrainingExample(text, "LABEL_" + i % 5, 1));
        }
        for (int step = 1; step <= 3; step++) {
            model.train(batch, TinyModels.settings(step));
        }
        return model;
    }

    private JsonNode run(String input, String kind, Path directory) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("freshet.root", ".."))
                .resolve("model/src/test/python/load_with_transformers.py");
        Path texts = Files.writeString(temp.resolve("texts.json"), input);
        Path errors = temp.resolve("errors.txt");
        Process process = new ProcessBuilder(python, script.toString(), kind, directory.toString())
                .redirectInput(texts.toFile())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
        return JSON.readTree(output);
    }
}
