package io.freshet.bench.step;

import io.freshet.bench.batch.Batches;
import io.freshet.bench.input.LabelledText;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.model.TextInput;
import io.freshet.model.TrainableClassifier;
import io.freshet.model.TrainingExample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Texts as a model's tokens.
 *
 * @param examples in the order of arrival
 * @param labels in the order of the model's head
 * @param tokenizer seconds that encoding took, for all of them
 */
record Examples(List<TrainingExample> examples, List<String> labels, double tokenizer) {

    /**
     * Writes a model with every label that the texts have, which all contestants start from, and encodes the texts.
     *
     * @param from a model's directory
     * @param to where the model with its labels goes
     */
    static Examples prepare(Path from, Path to, List<LabelledText> texts, ModelOptions options) throws IOException {
        try (TrainableClassifier model = Models.openTrainable(from, options)) {
            texts.stream()
                    .map(LabelledText::label)
                    .distinct()
                    .filter(label -> !model.labels().contains(label))
                    .forEach(label -> model.addLabel(label, StepRules.SEED));
            try (ModelSnapshot snapshot = model.snapshot()) {
                snapshot.writeModel(to);
            }
            texts.forEach(text -> model.encode(TextInput.of(text.text()))); // the tokenizer has a cache to fill
            long begin = System.nanoTime();
            List<TrainingExample> examples = new ArrayList<>();
            for (LabelledText text : texts) {
                examples.add(new TrainingExample(model.encode(TextInput.of(text.text())), text.label(), 1));
            }
            return new Examples(examples, model.labels(), (System.nanoTime() - begin) / 1e9);
        }
    }

    List<Integer> lengths() {
        return examples.stream().map(example -> example.input().length()).toList();
    }

    List<List<TrainingExample>> of(Batches batches) {
        return batches.batches().stream()
                .map(batch -> batch.stream().map(examples::get).toList())
                .toList();
    }
}
