package io.freshet.model.torch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the processor can do. */
final class Hardware {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Hardware() {}

    /** Whether the processor multiplies bfloat16; without that, bf16 is slower than fp32. */
    static boolean multipliesBf16() {
        try {
            return Files.isReadable(CPU) && multipliesBf16(Files.readString(CPU));
        } catch (IOException e) {
            return false; // no such file but on Linux
        }
    }

    static boolean multipliesBf16(String cpuinfo) {
        return cpuinfo.contains(" avx512_bf16") || cpuinfo.contains(" amx_bf16");
    }
}
