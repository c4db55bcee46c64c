package io.freshet.trainer.learn;

import io.freshet.model.Answer;
import io.freshet.model.Classifier;
import io.freshet.model.ModelOptions;
import io.freshet.model.ModelSnapshot;
import io.freshet.model.Models;
import io.freshet.trainer.learn.LearningStrategy.Saved;
import io.freshet.trainer.learn.LearningStrategy.Step;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that answers as a learning one did earlier, or as a given one does. Owns its native memory and its files. */
final class Teacher implements AutoCloseable {

    /** Below the trainer's files of a checkpoint. */
    static final String DIRECTORY = "teacher";

    private final Classifier model;
    private final @Nullable SharedFolder files;

    /** @param files its own; null for a model that is not this teacher's to keep */
    private Teacher(Classifier model, @Nullable SharedFolder files) {
        this.model = model;
        this.files = files;
    }

    /** Opens the model of a directory that stays where it is. */
    static Teacher given(Path directory, ModelOptions options) {
        return new Teacher(Models.open(directory, options), null);
    }

    /** Copies the learning model as it would be published now. */
    static Teacher copy(Step step, ModelOptions options) {
        try (ModelSnapshot now = step.snapshot()) {
            return open(options, now::writeModel);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy of the model that is to teach cannot be written", e);
        }
    }

    /** Opens the one that {@link #saved} wrote, or returns null where there was none. */
    static @Nullable Teacher restored(Path trainerDirectory, ModelOptions options) throws IOException {
        Path directory = trainerDirectory.resolve(DIRECTORY);
        return Files.isDirectory(directory) ? open(options, own -> SharedFolder.copy(directory, own)) : null;
    }

    @FunctionalInterface
    private interface Writing {
        void into(Path directory) throws IOException;
    }

    private static Teacher open(ModelOptions options, Writing files) throws IOException {
        SharedFolder folder = SharedFolder.create("freshet-teacher-");
        try {
            files.into(folder.path());
            return new Teacher(Models.open(folder.path(), options), folder);
        } catch (IOException | RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /**
     * Returns what it says of examples: the logarithms of its probabilities, which are its logits but for one number added
     * to all of them.
     *
     * @param labels the learning model's
     * @return one row an example; of as many of the first labels as the teacher knows, which may be none
     */
    List<float[]> logits(List<Learnable> examples, List<String> labels) {
        int[] columns = columns(labels);
        List<float[]> rows = new ArrayList<>();
        for (Answer answer : model.classify(examples.stream()
                .map(example -> files == null ? model.encode(example.input()) : example.encoded())
                .toList())) {
            float[] probabilities = answer.probabilities();
            float[] row = new float[columns.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = (float) StrictMath.log(Math.max(probabilities[columns[i]], Float.MIN_NORMAL));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Returns where the teacher has the first of {@code labels}, up to the first that it does not know. */
    private int[] columns(List<String> labels) {
        List<String> known = model.labels();
        List<Integer> columns = new ArrayList<>();
        for (String label : labels) {
            int column = known.indexOf(label);
            if (column < 0) {
                break;
            }
            columns.add(column);
        }
        return columns.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Returns its files; nothing of a given model. */
    Saved saved() {
        SharedFolder own = files;
        return own == null ? Saved.NOTHING : new Copied(own.held());
    }

    private record Copied(SharedFolder folder) implements Saved {
        @Override
        public void writeTrainer(Path directory) throws IOException {
            SharedFolder.copy(folder.path(), directory.resolve(DIRECTORY));
        }

        @Override
        public void close() {
            folder.close();
        }
    }

    @Override
    public void close() {
        model.close();
        if (files != null) {
            files.close();
        }
    }
}
