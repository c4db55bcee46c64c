package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.Padding;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model in native memory with its tokenizer. Owns both, unless it borrows them of another. */
abstract class LoadedTextModel implements TextModel {

    private final TorchModel model;
    private final Tokenizer tokenizer;
    private final Objective objective;
    private final Padding padding;
    private final boolean borrows;

    LoadedTextModel(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.objective = directory.objective();
        this.padding = new Padding(directory.padding(), model.lengthMultiple(), directory.maxPositions());
        this.borrows = false;
    }

    /** Answers with other weights in place of another model's: what is that model's stays so, {@code close} frees nothing. */
    LoadedTextModel(LoadedTextModel other, TorchModel model) {
        this.model = model;
        this.tokenizer = other.tokenizer;
        this.objective = other.objective;
        this.padding = other.padding;
        this.borrows = true;
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
    final float[][] logitRows(List<EncodedText> inputs) {
        return Scoring.rows(tokens(inputs), padding, model::logits);
    }

    final TorchModel model() {
        return model;
    }

    final Tokenizer tokenizer() {
        return tokenizer;
    }

    final Padding padding() {
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
        if (!borrows) {
            model.close();
            tokenizer.close();
        }
    }
}
