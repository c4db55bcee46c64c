package io.freshet.model;

import io.freshet.model.arch.Initial;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import io.freshet.model.torch.Seeds;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws weights that nothing was learned into. A weight depends on the seed and its own name, not on the others. */
public final class FreshWeights {

    private FreshWeights() {}

    /** Returns the shape of a weight where there are {@code labels} labels. */
    static TensorShape shape(WeightSpec spec, int labels) {
        if (!spec.rowPerLabel()) {
            return spec.shape();
        }
        List<Long> extents = new ArrayList<>(spec.shape().extents());
        extents.set(0, (long) labels);
        return new TensorShape(extents);
    }

    /**
     * Makes a weight.
     *
     * @param deviation standard deviation of normal weights
     */
    public static HostTensor of(WeightSpec spec, int labels, double deviation, long seed) {
        TensorShape shape = shape(spec, labels);
        HostTensor tensor = HostTensor.zeros(spec.name(), shape);
        FloatBuffer values = tensor.floats();
        if (spec.rowPerLabel()) {
            for (int row = 0; row < labels; row++) {
                values.put(row(spec, row, deviation, seed));
            }
            return tensor;
        }
        switch (spec.initial()) {
            case ZERO -> {}
            case ONE -> {
                while (values.hasRemaining()) {
                    values.put(1);
                }
            }
            case NORMAL -> {
                Random random = generator(spec, seed);
                while (values.hasRemaining()) {
                    values.put((float) (deviation * random.nextGaussian()));
                }
            }
            case FAN_IN -> {
                List<Long> extents = shape.extents();
                double bound = 1 / Math.sqrt(extents.get(extents.size() - 1));
                Random random = generator(spec, seed);
                while (values.hasRemaining()) {
                    values.put((float) (bound * (2 * random.nextDouble() - 1)));
                }
            }
        }
        if (spec.zeroRow() >= 0) {
            int width = Math.toIntExact(shape.extents().get(1));
            tensor.floats().position(spec.zeroRow() * width).put(new float[width]);
        }
        return tensor;
    }

    /** Makes the row of one label: it depends on the seed and the row alone. */
    static float[] row(WeightSpec spec, int row, double deviation, long seed) {
        long size = 1;
        for (long extent :
                spec.shape().extents().subList(1, spec.shape().extents().size())) {
            size *= extent;
        }
        float[] values = new float[Math.toIntExact(size)];
        if (spec.initial() == Initial.NORMAL) {
            Random random = generator(spec, Seeds.mix(seed, row));
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (deviation * random.nextGaussian());
            }
        }
        return values;
    }

    private static Random generator(WeightSpec spec, long seed) {
        return new Random(Seeds.mix(seed, spec.name().hashCode()));
    }
}
