package io.freshet.model.lora;

import io.freshet.model.tensor.HostTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Arithmetic of Hu et al., "LoRA: low-rank adaptation of large language models" (2021), section 4.1. */
public final class LowRank {

    private LowRank() {}

    /**
     * Computes {@code W + scale * B A}, sums in double precision.
     *
     * @param weight shape (out, in), or (in, out) where {@code transposed}
     * @param a shape (rank, in)
     * @param b shape (out, rank)
     * @return a new tensor of the weight's name and shape
     */
    public static HostTensor merge(HostTensor weight, HostTensor a, HostTensor b, double scale, boolean transposed) {
        int rank = extent(a, 0);
        int in = extent(a, 1);
        int out = extent(b, 0);
        FloatBuffer before = weight.floats();
        float[] first = a.toArray();
        float[] second = b.toArray();
        HostTensor merged = HostTensor.zeros(weight.name(), weight.shape());
        FloatBuffer after = merged.floats();
        double[] row = new double[in];
        for (int o = 0; o < out; o++) {
            Arrays.fill(row, 0);
            for (int r = 0; r < rank; r++) {
                double factor = scale * second[o * rank + r];
                for (int i = 0; i < in; i++) {
                    row[i] += factor * first[r * in + i];
                }
            }
            for (int i = 0; i < in; i++) {
                int at = transposed ? i * out + o : o * in + i;
                after.put(at, (float) (before.get(at) + row[i]));
            }
        }
        return merged;
    }

    private static int extent(HostTensor tensor, int at) {
        return Math.toIntExact(tensor.shape().extents().get(at));
    }
}
