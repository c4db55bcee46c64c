package io.freshet.bench.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcFileTest {

    @Test
    void readsAFigureByItsWholeName() {
        List<String> lines = List.of("VmRSSomething:\t   9999 kB", "VmRSS:\t  204800 kB", "Threads:\t12");
        assertThat(ProcFile.megabytes("VmRSS", lines)).isEqualTo(200);
        assertThat(ProcFile.megabytes("VmSwap", lines)).isEqualTo(-1);
    }

    @Test
    void findsWhatThisProcessUses() throws IOException {
        assumeTrue(ProcFile.SELF.exists(), "this system keeps no /proc");
        assertThat(ProcFile.SELF.megabytes("VmRSS")).isBetween(10L, ProcFile.MEMORY.megabytes("MemTotal"));
    }
}
