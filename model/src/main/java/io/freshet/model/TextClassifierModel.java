package io.freshet.model;

import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.TorchModel;
import java.util.ArrayList;
import java.util.List;

/** A loaded model with labels. */
class TextClassifierModel extends LoadedTextModel implements Classifier {

    private volatile List<String> labels;

    TextClassifierModel(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        super(model, tokenizer, directory);
        this.labels = List.copyOf(directory.labels());
    }

    TextClassifierModel(TextClassifierModel other, TorchModel model) {
        super(other, model);
        this.labels = other.labels;
    }

    @Override
    public List<String> labels() {
        return labels;
    }

    final void setLabels(List<String> labels) {
        this.labels = List.copyOf(labels);
    }

    @Override
    public List<Answer> classify(List<EncodedText> inputs) {
        List<String> known = labels;
        List<Answer> answers = new ArrayList<>();
        if (known.isEmpty()) {
            inputs.forEach(input -> answers.add(new Answer(known, new float[0])));
            return answers;
        }
        for (float[] logits : logitRows(inputs)) {
            answers.add(new Answer(known, Scoring.softmax(logits)));
        }
        return answers;
    }
}
