package io.freshet.bench.soak;

import io.freshet.bench.figures.ReportFile;
import io.freshet.bench.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What was seen.
 *
 * @param libtorch its version
 * @param model what learned
 * @param heapLimitMegabytes of the JVM
 * @param seconds in all
 * @param variation see {@link MemoryCurve#variation}
 * @param riseMegabytes see {@link MemoryCurve#rise()}
 * @param nativeRiseMegabytes the rise of what is not the JVM's
 * @param flat see {@link MemoryCurve#flat}
 */
public record SoakReport(
        Machine machine,
        String libtorch,
        String model,
        int threads,
        long steps,
        double heapLimitMegabytes,
        double seconds,
        double variation,
        double riseMegabytes,
        double nativeRiseMegabytes,
        boolean flat,
        List<MemorySample> samples) {

    /** Returns what it comes to, for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%,d steps in %.0f s: the second half of the curve varies by %.1f %% (%s; the aim is %.0f %%), and rises by"
                        + " %.1f MiB from its begin to its end, %.1f of them outside the JVM",
                steps,
                seconds,
                100 * variation,
                flat ? "flat" : "not flat",
                100 * MemoryCurve.FLAT,
                riseMegabytes,
                nativeRiseMegabytes);
    }

    /** Writes it as JSON, replacing what was there. */
    public void write(Path file) throws IOException {
        ReportFile.write(file, this);
    }
}
