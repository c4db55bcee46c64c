package io.freshet.trainer.learn;

import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * The files of a checkpoint that a strategy goes on from; they may be deleted once it is restored.
 *
 * @param model directory of the model's files
 * @param trainer directory of the trainer's
 * @param tokenizer the model's
 */
record SavedFiles(Path model, Path trainer, Function<TextInput, EncodedText> tokenizer) {}
