package io.freshet.cli.run;

import io.freshet.cli.input.ExampleSource;
import io.freshet.cli.input.InputRecord;
import io.freshet.model.ModelShape;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.text.WordPieces;
import io.freshet.schemas.TextInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Makes the model that a run starts from when none is given. */
final class StartingModel {

    /** Most word pieces of the small model: enough for tens of thousands of short texts, a quarter of BERT's. */
    static final int PIECES = 8_000;

    private static final long SEED = 17;

    private StartingModel() {}

    /**
     * Writes the pretrained encoder that comes with this project; or, where word pieces are given or the objective is one
     * that it does not have, a small model of random weights (a GPT-2 for causal-lm, otherwise a BERT) whose vocabulary is
     * cut to the texts of the input. Only their words are looked at, not their labels.
     */
    static void write(Path directory, RunRequest request) throws IOException {
        if (request.vocabulary() == null && request.objective() != Objective.CAUSAL_LM) {
            Models.bundledEncoder(directory);
            return;
        }
        WordPieces whole =
                request.vocabulary() == null ? WordPieces.bertBaseUncased() : WordPieces.read(request.vocabulary());
        Models.initialise(
                directory, ModelShape.SMALL, whole.cut(texts(request.input()), PIECES), request.objective(), SEED);
    }

    private static List<String> texts(RunRequest.Input input) throws IOException {
        List<String> texts = new ArrayList<>();
        try (ExampleSource source = input.open()) {
            for (InputRecord entry = source.next(); entry != null; entry = source.next()) {
                if (entry instanceof InputRecord.Example example
                        && example.example().getInput() instanceof TextInput text) {
                    texts.add(text.getText());
                    if (text.getTextPair() != null) {
                        texts.add(text.getTextPair());
                    }
                }
            }
        }
        return texts;
    }
}
