package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model in native memory with its tokenizer. Owns both. */
abstract class LoadedTextModel implements TextModel {

    private final TorchModel model;
    private final Tokenizer tokenizer;
    private final Objective objective;
    private final int padding;

    LoadedTextModel(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.objective = directory.objective();
        this.padding = directory.padding();
    }

    @Override
    public final Objective objective() {
        return objective;
    }

    @Override
    public final EncodedText encode(TextInput input) {
        return tokenizer.encode(input);
    }

    @Override
    public final List<float[]> features(List<EncodedText> inputs) {
        return Arrays.asList(Scoring.rows(tokens(inputs), padding, model::features));
    }

    /** Returns the logits of texts, one row a text. */
    final float[][] logits(List<EncodedText> inputs) {
        return Scoring.rows(tokens(inputs), padding, model::logits);
    }

    final TorchModel model() {
        return model;
    }

    final Tokenizer tokenizer() {
        return tokenizer;
    }

    final int padding() {
        return padding;
    }

    static List<TokenIds> tokens(List<EncodedText> inputs) {
        List<TokenIds> tokens = new ArrayList<>();
        for (EncodedText input : inputs) {
            tokens.add(tokens(input));
        }
        return tokens;
    }

    static TokenIds tokens(EncodedText input) {
        if (input instanceof TokenIds ids) {
            return ids;
        }
        throw new IllegalArgumentException("a text that this model did not encode: " + input.getClass());
    }

    @Override
    public final void close() {
        model.close();
        tokenizer.close();
    }
}
