package io.freshet.bench.soak;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How resident memory developed.
 *
 * @param samples at least four, evenly spaced
 */
public record MemoryCurve(List<MemorySample> samples) {

    /** Most by which the second half may vary to count as flat: the difference of its extremes by the smaller. */
    public static final double FLAT = 0.03;

    public MemoryCurve {
        samples = List.copyOf(samples);
        if (samples.size() < 4) {
            throw new IllegalArgumentException("a curve of %d samples has no halves".formatted(samples.size()));
        }
    }

    private List<MemorySample> secondHalf() {
        return samples.subList(samples.size() / 2, samples.size());
    }

    /** Returns by how much the second half varies: (largest - smallest) / smallest. */
    public double variation() {
        double smallest =
                secondHalf().stream().mapToDouble(MemorySample::resident).min().orElseThrow();
        double largest =
                secondHalf().stream().mapToDouble(MemorySample::resident).max().orElseThrow();
        return (largest - smallest) / smallest;
    }

    /** Returns by how much the second half rises from its begin to its end, by a least-squares line, MiB. */
    public double rise() {
        return rise(MemorySample::resident);
    }

    /** As {@link #rise()}, of a part of the memory. */
    public double rise(ToDoubleFunction<MemorySample> part) {
        List<MemorySample> half = secondHalf();
        double meanStep =
                half.stream().mapToDouble(MemorySample::step).average().orElseThrow();
        double mean = half.stream().mapToDouble(part).average().orElseThrow();
        double above = 0;
        double below = 0;
        for (MemorySample sample : half) {
            above += (sample.step() - meanStep) * (part.applyAsDouble(sample) - mean);
            below += (sample.step() - meanStep) * (sample.step() - meanStep);
        }
        return above / below * (half.get(half.size() - 1).step() - half.get(0).step());
    }

    /** Returns whether the second half varies by no more than {@link #FLAT}. */
    public boolean flat() {
        return variation() <= FLAT;
    }
}
