package io.freshet.bench.soak;

import io.freshet.bench.machine.ProcFile;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;

/** Reads the memory of this process. */
final class MemoryProbe {

    private static final double MEBI = 1024 * 1024;

    private final MemoryMXBean memory = ManagementFactory.getMemoryMXBean();

    /** Reads it as it is, without a collection first. */
    MemorySample sample(long step) throws IOException {
        double buffers = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        double nonHeap = memory.getNonHeapMemoryUsage().getCommitted();
        return new MemorySample(
                step,
                ProcFile.SELF.megabytes("VmRSS"),
                ProcFile.SELF.megabytes("RssFile"),
                memory.getHeapMemoryUsage().getCommitted() / MEBI,
                (nonHeap + buffers) / MEBI);
    }
}
