package io.freshet.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FreePortsTest {

    @Test
    void findsDifferentPortsBelowThoseOfOutgoingConnections() throws Exception {
        List<Integer> ports = FreePorts.find(20);

        assertThat(ports).hasSize(20).doesNotHaveDuplicates().allMatch(port -> port >= 10_240 && port < 32_768);
    }

    @Test
    void tellsAPortThatIsTakenFromOneThatIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> FreePorts.check(taken.getLocalPort()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
        }
        assertThatCode(() -> FreePorts.check(0)).doesNotThrowAnyException();
    }

    @Test
    void portsOutsideTheirRangeAreRefused() {
        assertThatThrownBy(() -> new Ports(0, 70_000, 0)).hasMessageContaining("controller=70000");
    }
}
