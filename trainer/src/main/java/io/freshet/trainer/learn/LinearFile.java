package io.freshet.trainer.learn;

import io.freshet.model.discriminant.HeadFile;
import io.freshet.model.discriminant.LinearSoftmax;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.tensor.SafeTensorsWriter;
import io.freshet.model.tensor.TensorShape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a linear softmax needs to learn on beside its weights, which {@link HeadFile} has: AdaGrad's sums of squared slopes,
 * tensor {@code squares} of shape (features, labels), float32.
 */
final class LinearFile {

    static final String NAME = "discriminant.linear.safetensors";

    private static final String SQUARES = "squares";

    private LinearFile() {}

    static void write(Path directory, LinearSoftmax linear, int width) throws IOException {
        TensorShape shape = TensorShape.of(width, linear.labels().size());
        SafeTensorsWriter.write(
                directory.resolve(NAME),
                List.of(HostTensor.of(SQUARES, shape, linear.squares())),
                Map.of("format", "pt"));
    }

    /** Returns what goes on from the weights that are served and from the squares in a directory. */
    static LinearSoftmax read(Path directory, HeadFile.Content head, double rate) throws IOException {
        try (SafeTensorsFile file = SafeTensorsFile.open(directory.resolve(NAME))) {
            LinearSoftmax served = head.linear();
            float[] squares = file.read(SQUARES).toArray();
            return new LinearSoftmax(
                    head.plan().width(), rate, List.copyOf(served.labels()), served.weights(), squares);
        }
    }
}
