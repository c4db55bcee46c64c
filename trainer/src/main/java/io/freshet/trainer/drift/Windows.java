package io.freshet.trainer.drift;

/**
 * How windows of texts are compared.
 *
 * @param alpha chance that one comparison sees a change where there is none, in (0, 1)
 * @param size texts compared with as many, at least 2
 */
public record Windows(double alpha, int size) {
    public Windows {
        Observations.share("alpha", alpha);
        if (size < 2) {
            throw new IllegalArgumentException("a window of %d texts is below 2".formatted(size));
        }
    }
}
