package io.freshet.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.model.arch.Blueprint;
import io.freshet.model.arch.Families;
import io.freshet.model.arch.Family;
import io.freshet.model.arch.ModelProgram;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.DurableFile;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.WordPieceTokenizerJson;
import io.freshet.model.text.WordPieces;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes the directory of a model with random weights: a BERT, or a GPT-2 where the next token is to be predicted. */
final class FreshBert {

    private static final double DEVIATION = 0.02;

    private FreshBert() {}

    static void write(Path directory, ModelShape shape, WordPieces vocabulary, Objective objective, long seed)
            throws IOException {
        Files.createDirectories(directory);
        text(directory, Tokenizer.FILE, WordPieceTokenizerJson.of(vocabulary));
        text(directory, "tokenizer_config.json", WordPieceTokenizerJson.config(shape.maxPositions()));
        text(directory, "vocab.txt", String.join("\n", vocabulary.pieces()) + "\n");
        ModelConfig config = ModelConfig.parse(
                ModelConfig.FILE, config(objective, shape, vocabulary).toString());
        Family family = Families.of(config);
        ModelProgram program = family.program(config, Blueprint.of(objective));
        List<HostTensor> weights = program.weights().stream()
                .map(spec -> FreshWeights.of(spec, 0, DEVIATION, seed))
                .toList();
        new ModelWriter(config, family, objective, Companions.read(directory), Optional.empty())
                .write(directory, weights, List.of(), StoredType.FLOAT32);
    }

    private static ObjectNode config(Objective objective, ModelShape shape, WordPieces vocabulary) {
        return objective == Objective.CAUSAL_LM ? gpt2(shape, vocabulary) : bert(shape, vocabulary);
    }

    /** Texts lie between [CLS] and [SEP], so that the first word is predicted and the end too. */
    private static ObjectNode gpt2(ModelShape shape, WordPieces vocabulary) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model_type", "gpt2")
                .put("vocab_size", vocabulary.pieces().size())
                .put("n_layer", shape.layers())
                .put("n_embd", shape.hidden())
                .put("n_head", shape.heads())
                .put("n_inner", shape.intermediate())
                .put("n_positions", shape.maxPositions())
                .put("activation_function", "gelu_new")
                .put("embd_pdrop", shape.dropout())
                .put("attn_pdrop", shape.dropout())
                .put("resid_pdrop", shape.dropout())
                .put("initializer_range", DEVIATION)
                .put("layer_norm_epsilon", 1e-5)
                .put("tie_word_embeddings", true)
                .put("bos_token_id", vocabulary.pieces().indexOf("[CLS]"))
                .put("eos_token_id", vocabulary.pieces().indexOf("[SEP]"))
                .put("pad_token_id", vocabulary.pieces().indexOf("[PAD]"));
    }

    private static ObjectNode bert(ModelShape shape, WordPieces vocabulary) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model_type", "bert")
                .put("vocab_size", vocabulary.pieces().size())
                .put("num_hidden_layers", shape.layers())
                .put("hidden_size", shape.hidden())
                .put("num_attention_heads", shape.heads())
                .put("intermediate_size", shape.intermediate())
                .put("max_position_embeddings", shape.maxPositions())
                .put("type_vocab_size", 2)
                .put("hidden_act", "gelu")
                .put("hidden_dropout_prob", shape.dropout())
                .put("attention_probs_dropout_prob", shape.dropout())
                .put("initializer_range", DEVIATION)
                .put("layer_norm_eps", 1e-12)
                .put("position_embedding_type", "absolute")
                .put("pad_token_id", vocabulary.pieces().indexOf("[PAD]"));
    }

    private static void text(Path directory, String name, String content) throws IOException {
        DurableFile.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }
}
