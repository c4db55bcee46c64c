package io.freshet.bench.soak;

/**
 * Memory of the process after a step, in MiB.
 *
 * @param step steps taken
 * @param resident what of the process is in the machine's memory (VmRSS)
 * @param files what of that are pages of files, of libtorch's libraries above all (RssFile)
 * @param heap what the JVM has taken for its heap, of which less may be in use
 * @param otherJvm what the JVM has taken for classes, compiled code and direct buffers
 */
public record MemorySample(long step, double resident, double files, double heap, double otherJvm) {

    /** Returns what else is resident: the model, what libtorch keeps, and what the allocator has not given back. */
    public double nativeRest() {
        return resident - files - heap - otherJvm;
    }
}
