package io.freshet.trainer.learn;

import io.freshet.model.EncodedText;
import io.freshet.model.FeatureEncoder;
import io.freshet.model.ModelOptions;
import io.freshet.model.Models;
import io.freshet.model.discriminant.HeadFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The encoder that training began with, and its files, which every checkpoint carries on unchanged. Owns both. */
final class FrozenEncoder implements AutoCloseable {

    private final FeatureEncoder encoder;
    private final SharedFolder files;

    private FrozenEncoder(FeatureEncoder encoder, SharedFolder files) {
        this.encoder = encoder;
        this.files = files;
    }

    /** Takes the body of the model that training begins with. */
    static FrozenEncoder of(Path model, ModelOptions options) throws IOException {
        return open(model, options, Optional.empty());
    }

    /** Takes the encoder that a checkpoint carries. */
    static FrozenEncoder restored(Path checkpoint, ModelOptions options) throws IOException {
        Path carried = HeadFile.encoder(checkpoint);
        return open(carried, options, Optional.of(carried));
    }

    /** @param copied files to carry on; where there are none they are written */
    private static FrozenEncoder open(Path directory, ModelOptions options, Optional<Path> copied) throws IOException {
        FeatureEncoder encoder = Models.openEncoder(directory, options);
        SharedFolder files = null;
        try {
            files = SharedFolder.create("freshet-encoder-");
            if (copied.isPresent()) {
                SharedFolder.copy(copied.get(), files.path());
            } else {
                encoder.write(files.path());
            }
            return new FrozenEncoder(encoder, files);
        } catch (IOException | RuntimeException e) {
            encoder.close();
            if (files != null) {
                files.close();
            }
            throw e;
        }
    }

    int width() {
        return encoder.width();
    }

    /** Returns features of texts, which the trained model's tokenizer has encoded: it is the same. */
    List<float[]> features(List<EncodedText> texts) {
        return encoder.features(texts);
    }

    /** Returns its files, held once more; whoever takes them closes them. */
    SharedFolder files() {
        return files.held();
    }

    /** Copies files that {@link #files} gave into a model's directory. */
    static void write(SharedFolder files, Path model) throws IOException {
        SharedFolder.copy(files.path(), Files.createDirectories(HeadFile.encoder(model)));
    }

    @Override
    public void close() {
        encoder.close();
        files.close();
    }
}
