package io.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {

    private final List<String> released = new ArrayList<>();
    private final Shared<String> shared = new Shared<>("model", released::add);

    @Test
    void canNotBeHeldOnceReleased() {
        shared.retire();

        assertThat(shared.tryHold()).isFalse();
        assertThat(released).containsExactly("model");
    }

    @Test
    void canBeHeldAfterItRetiredWhileSomebodyElseHoldsIt() {
        assertThat(shared.tryHold()).isTrue();
        shared.retire();

        assertThat(shared.tryHold()).isTrue();
        shared.drop();
        assertThat(released).isEmpty();
        shared.drop();
        assertThat(released).containsExactly("model");
        assertThat(shared.tryHold()).isFalse();
    }

    @Test
    void retiresOnce() {
        assertThat(shared.tryHold()).isTrue();
        shared.retire();
        shared.retire();

        assertThat(released).isEmpty();
    }
}
