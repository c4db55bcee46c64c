package io.freshet.model;

import io.freshet.model.text.TokenIds;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.List;

/** A model in native memory with its tokenizer and labels. */
class TextClassifierModel implements Classifier {

    private final TorchModel model;
    private final Tokenizer tokenizer;
    private final int padding;
    private volatile List<String> labels;

    TextClassifierModel(TorchModel model, Tokenizer tokenizer, int padding, List<String> labels) {
        this.model = model;
        this.tokenizer = tokenizer;
        this.padding = padding;
        this.labels = List.copyOf(labels);
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    final void setLabels(List<String> labels) {
        this.labels = List.copyOf(labels);
    }

    final int padding() {
        return padding;
    }

    @Override
    public EncodedText encode(TextInput input) {
        return tokenizer.encode(input);
    }

    @Override
    public List<Answer> classify(List<EncodedText> inputs) {
        List<String> known = labels;
        List<Answer> answers = new ArrayList<>();
        if (known.isEmpty()) {
            inputs.forEach(input -> answers.add(new Answer(known, new float[0])));
            return answers;
        }
        for (float[] logits : Scoring.logits(model, tokens(inputs), padding)) {
            answers.add(new Answer(known, Scoring.softmax(logits)));
        }
        return answers;
    }

    /** Returns the logits of texts, one row a text, one column a label. */
    final float[][] logits(List<EncodedText> inputs) {
        return Scoring.logits(model, tokens(inputs), padding);
    }

    static List<TokenIds> tokens(List<EncodedText> inputs) {
        List<TokenIds> tokens = new ArrayList<>();
        for (EncodedText input : inputs) {
            if (!(input instanceof TokenIds ids)) {
                throw new IllegalArgumentException("a text that this model did not encode: " + input.getClass());
            }
            tokens.add(ids);
        }
        return tokens;
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
