package io.freshet.trainer.learn;

import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Function;

/** The strategies that can be chosen by name. */
public enum Strategy {
    /** The new examples alone. */
    NAIVE,
    /** The new examples and examples of a replay memory. */
    REPLAY;

    /** Returns the name it has in a configuration. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns a strategy that remembers nothing yet. */
    static LearningStrategy fresh(LearnerSettings settings) {
        LearnerSettings.Replay replay = settings.replay();
        return replay.on()
                ? new ReservoirReplay(new Reservoir<>(replay.size(), settings.seed()), replay.ratio())
                : new Naive();
    }

    /** Returns a strategy that goes on from the files in {@code directory}, or from nothing if it left none there. */
    static LearningStrategy restored(
            LearnerSettings settings, Path directory, Function<TextInput, EncodedText> tokenizer) throws IOException {
        LearnerSettings.Replay replay = settings.replay();
        if (!replay.on() || !Files.exists(directory.resolve(ReplayFile.NAME))) {
            return fresh(settings);
        }
        ReplayFile file = ReplayFile.read(directory, tokenizer);
        return new ReservoirReplay(
                new Reservoir<>(replay.size(), file.seen(), file.generator(), file.examples()), replay.ratio());
    }
}
