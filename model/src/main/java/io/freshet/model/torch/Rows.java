package io.freshet.model.torch;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Grows a tensor along its first extent. */
final class Rows {

    private Rows() {}

    /**
     * Appends a row.
     *
     * @param tensor shape (n, ...)
     * @param row as many values as one row has
     * @return shape (n + 1, ...)
     */
    static HostTensor append(HostTensor tensor, float[] row) {
        List<Long> extents = new ArrayList<>(tensor.shape().extents());
        extents.set(0, extents.get(0) + 1);
        float[] before = tensor.toArray();
        float[] after = Arrays.copyOf(before, before.length + row.length);
        System.arraycopy(row, 0, after, before.length, row.length);
        return HostTensor.of(tensor.name(), new TensorShape(extents), after);
    }
}
