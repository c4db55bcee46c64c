package io.freshet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Directories as they lie on a hub: other names, buffers, heads of other tasks, heads that are not there. */
class HubDirectoriesTest {

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({
        "bert, bert.",
        "bert-masked-lm, bert.",
        "roberta, roberta.",
        "roberta-masked-lm, roberta.",
        "distilbert, distilbert.",
        "distilbert-masked-lm, distilbert.",
        "gpt2, transformer.",
        "gpt2-classification, transformer.",
        "llama, model.",
        "llama-classification, model.",
    })
    void readsABodyWithoutItsPrefixBesideAHead(String name, String prefix) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(written, each(tensor -> tensor.renamed(without(prefix, tensor.name()))));
        comesOutAs(name, written);
    }

    @ParameterizedTest
    @CsvSource({"bert", "bert-masked-lm", "roberta", "roberta-masked-lm", "distilbert", "distilbert-masked-lm"})
    void readsGammaAndBetaOfNorms(String name) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(
                written,
                each(tensor -> tensor.renamed(tensor.name()
                        .replaceAll("(?i)(norm)\\.weight$", "$1.gamma")
                        .replaceAll("(?i)(norm)\\.bias$", "$1.beta"))));
        assertThat(RoundTripTest.tensors(written).keySet()).anyMatch(tensor -> tensor.endsWith(".gamma"));
        comesOutAs(name, written);
    }

    @ParameterizedTest
    @CsvSource({
        "bert, bert.embeddings.position_ids",
        "bert-masked-lm, cls.seq_relationship.weight",
        "bert-masked-lm, bert.pooler.dense.weight",
        "bert, cls.predictions.bias",
        "roberta, roberta.embeddings.position_ids",
        "roberta, lm_head.bias",
        "roberta, roberta.pooler.dense.weight",
        "distilbert, vocab_projector.weight",
        "distilbert-masked-lm, qa_outputs.weight",
        "gpt2, transformer.h.0.attn.bias",
        "gpt2, transformer.h.1.attn.masked_bias",
        "gpt2-classification, lm_head.weight",
        "llama, model.layers.0.self_attn.rotary_emb.inv_freq",
        "llama, model.rotary_emb.inv_freq",
        "llama-classification, lm_head.weight",
    })
    void leavesOutWhatIsNotOfThisModelAndSaysSo(String name, String other) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(written, and(HostTensor.zeros(other, TensorShape.of(7))));
        assertThat(logOf(() -> comesOutAs(name, written))).contains("left out", other);
    }

    @ParameterizedTest
    @CsvSource({
        "gpt2, lm_head.weight, transformer.wte.weight",
        "llama-biases, lm_head.weight, model.embed_tokens.weight",
        "bert-masked-lm, cls.predictions.decoder.weight, bert.embeddings.word_embeddings.weight",
        "roberta-masked-lm, lm_head.decoder.weight, roberta.embeddings.word_embeddings.weight",
        "distilbert-masked-lm, vocab_projector.weight, distilbert.embeddings.word_embeddings.weight",
    })
    void takesAStoredHeadForTheEmbeddingThatItSharesAndRefusesAnother(String name, String head, String table)
            throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(written, tensors -> {
            List<HostTensor> more = new ArrayList<>(tensors);
            more.add(find(tensors, table).renamed(head));
            return more;
        });
        comesOutAs(name, written);
        GoldenModels.rewrite(written, each(tensor -> {
            if (tensor.name().equals(head)) {
                tensor.floats().put(3, 9);
            }
            return tensor;
        }));
        assertThatThrownBy(() -> open(written))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("'%s' is not the same as '%s'".formatted(head, table))
                .hasMessageContaining("tie_word_embeddings");
        config(written, "\\{", "{\"tie_word_embeddings\":false,");
        config(written, "(tie_word_embeddings\" : )true", "$1false");
        open(written).close();
    }

    @ParameterizedTest
    @CsvSource({
        "bert, MASKED_LM, cls.predictions.transform.dense.weight",
        "roberta, MASKED_LM, lm_head.dense.weight",
        "distilbert, MASKED_LM, vocab_transform.weight",
        "llama-classification, CAUSAL_LM, lm_head.weight",
        "bert-masked-lm, CLASSIFICATION, classifier.weight",
        "roberta-masked-lm, CLASSIFICATION, classifier.out_proj.weight",
        "distilbert-masked-lm, CLASSIFICATION, classifier.weight",
        "gpt2, CLASSIFICATION, score.weight",
        "llama, CLASSIFICATION, score.weight",
    })
    void makesTheHeadOfAnotherTaskAnewAndSaysSo(String name, Objective objective, String head) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        Path saved = temp.resolve("saved");
        assertThat(logOf(() -> retrain(written, objective, saved))).contains("made anew", head);
        Map<String, List<Object>> before = RoundTripTest.tensors(written);
        Map<String, List<Object>> after = RoundTripTest.tensors(saved);
        assertThat(after).containsKey(head);
        assertThat(before).doesNotContainKey(head);
        assertThat(Models.objective(saved)).isEqualTo(objective);
        assertThat(after.keySet().stream().filter(before::containsKey)).hasSizeGreaterThan(8);
        after.forEach((tensor, value) -> {
            if (before.containsKey(tensor)) {
                assertThat(value).as(tensor).isEqualTo(before.get(tensor));
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "bert, bert.encoder.layer.1.output.dense.bias",
        "bert, classifier.bias",
        "bert, bert.pooler.dense.weight",
        "bert-masked-lm, cls.predictions.transform.LayerNorm.bias",
        "roberta, classifier.out_proj.bias",
        "roberta, roberta.embeddings.position_embeddings.weight",
        "distilbert, distilbert.transformer.layer.0.ffn.lin1.weight",
        "gpt2, transformer.h.1.attn.c_attn.bias",
        "gpt2, transformer.wpe.weight",
        "llama, model.layers.1.self_attn.k_proj.weight",
        "llama, model.norm.weight",
        "llama-biases, model.layers.0.mlp.up_proj.bias",
    })
    void refusesADirectoryThatLacksATensor(String name, String missing) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(
                written,
                tensors -> tensors.stream()
                        .filter(tensor -> !tensor.name().equals(missing))
                        .toList());
        refuses(written, "tensor '%s' is missing".formatted(missing));
    }

    @ParameterizedTest
    @CsvSource({
        "bert, bert.encoder.layer.9.output.dense.bias",
        "roberta, roberta.extra.weight",
        "distilbert, something.weight",
        "gpt2, transformer.h.7.ln_1.weight",
        "llama, model.layers.0.self_attn.q_proj.bias",
        "llama-classification, score.bias",
    })
    void refusesATensorThatTheModelHasNoPlaceFor(String name, String extra) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        GoldenModels.rewrite(written, and(HostTensor.zeros(extra, TensorShape.of(12))));
        if (extra.equals("score.bias")) { // of a head, so it is left out
            comesOutAs(name, written);
        } else {
            refuses(written, "tensor '%s' is not part of".formatted(extra));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bert | hidden_size | 15 | word_embeddings.weight' has shape [14, 12] but config.json needs [14, 15]",
                "roberta | max_position_embeddings | 20 | position_embeddings.weight' has shape [12, 12] but config.json needs [20, 12]",
                "gpt2 | n_inner | 24 | c_fc.weight' has shape [12, 20] but config.json needs [12, 24]",
                "llama | num_key_value_heads | 4 | k_proj.weight' has shape [8, 12] but config.json needs [16, 12]",
                "llama | vocab_size | 15 | lm_head.weight' has shape [14, 12] but config.json needs [15, 12]",
            })
    void refusesShapesThatAreNotThoseOfTheConfiguration(String name, String key, int value, String message)
            throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        config(written, "\"%s\" : \\d+".formatted(key), "\"%s\" : %d".formatted(key, value));
        refuses(written, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "llama | num_key_value_heads | 3 | num_key_value_heads = 3 is not a divisor of num_attention_heads = 4",
                "llama | head_dim | 3 | head_dim = 3 is not even",
                "gpt2 | n_head | 5 | n_head = 5 is not a divisor of the width 12",
                "roberta | max_position_embeddings | 2 | max_position_embeddings = 2 is not above pad_token_id + 1 = 2",
            })
    void refusesConfigurationsThatAreNoNetwork(String name, String key, int value, String message) throws IOException {
        Path written = GoldenModels.write(name, temp.resolve("written"));
        config(written, "\"%s\" : \\d+".formatted(key), "\"%s\" : %d".formatted(key, value));
        refuses(written, message);
    }

    @Test
    void refusesWhatGpt2DoesNotDoHere() throws IOException {
        Path written = GoldenModels.write("gpt2", temp.resolve("written"));
        config(written, "\\{", "{\"add_cross_attention\":true,");
        refuses(written, "add_cross_attention = true is not supported");
    }

    @Test
    void refusesAnObjectiveThatTheFamilyDoesNotHave() throws IOException {
        Path gpt2 = GoldenModels.write("gpt2", temp.resolve("written"));
        assertThatThrownBy(() -> Models.openLanguageModel(gpt2, Objective.MASKED_LM, ModelOptions.DEFAULTS))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("has masked-lm; it has [causal-lm, classification]");
    }

    /** The directory, loaded and saved, has the same weights as the model that it was made from. */
    private void comesOutAs(String name, Path written) throws IOException {
        Path plain = GoldenModels.write(name, temp.resolve("plain"));
        RoundTripTest.resave(written, temp.resolve("saved"));
        assertThat(temp.resolve("saved/model.safetensors")).hasSameBinaryContentAs(plain.resolve("model.safetensors"));
    }

    private static void refuses(Path directory, String message) {
        assertThatThrownBy(() -> open(directory))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(directory.toString())
                .hasMessageContaining(message);
    }

    private static TextModel open(Path directory) {
        Objective objective = Models.objective(directory);
        return objective.isLanguageModel()
                ? Models.openLanguageModel(directory, objective, ModelOptions.DEFAULTS)
                : Models.open(directory, ModelOptions.DEFAULTS);
    }

    private static void retrain(Path from, Objective objective, Path to) throws IOException {
        if (objective.isLanguageModel()) {
            try (TrainableLanguageModel model = Models.trainableLanguageModel(from, objective, ModelOptions.DEFAULTS)) {
                save(model, to);
            }
        } else {
            try (TrainableClassifier model = Models.openTrainable(from, ModelOptions.DEFAULTS)) {
                TinyModels.addLabels(model);
                save(model, to);
            }
        }
    }

    private static void save(Trainable model, Path to) throws IOException {
        try (ModelSnapshot snapshot = model.snapshot()) {
            snapshot.writeModel(to);
        }
    }

    private static String without(String prefix, String name) {
        return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
    }

    private static HostTensor find(List<HostTensor> tensors, String name) {
        return tensors.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static UnaryOperator<List<HostTensor>> each(UnaryOperator<HostTensor> change) {
        return tensors -> tensors.stream().map(change).toList();
    }

    private static UnaryOperator<List<HostTensor>> and(HostTensor more) {
        return tensors -> {
            List<HostTensor> all = new ArrayList<>(tensors);
            all.add(more);
            return all;
        };
    }

    private static void config(Path directory, String pattern, String replacement) throws IOException {
        Path file = directory.resolve("config.json");
        Files.writeString(file, Files.readString(file).replaceFirst(pattern, replacement));
    }

    /** Something that may fail to read or write. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static String logOf(Work work) throws IOException {
        PrintStream console = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(console);
        }
        return log.toString(StandardCharsets.UTF_8);
    }
}
