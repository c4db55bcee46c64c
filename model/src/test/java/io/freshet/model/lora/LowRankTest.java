package io.freshet.model.lora;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.TensorShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowRankTest {

    private final HostTensor a = HostTensor.of("a", TensorShape.of(1, 3), new float[] {1, 2, 3});
    private final HostTensor b = HostTensor.of("b", TensorShape.of(2, 1), new float[] {10, -1});

    @Test
    void addsTheScaledProductToAMatrixStoredByRowsOfTheOutput() {
        HostTensor weight = HostTensor.of("w", TensorShape.of(2, 3), new float[] {1, 1, 1, 1, 1, 1});
        // scale 0.5: B A = ((10, 20, 30), (-1, -2, -3)), half of it added to ones
        assertThat(LowRank.merge(weight, a, b, 0.5, false).toArray()).containsExactly(6, 11, 16, 0.5f, 0, -0.5f);
    }

    @Test
    void addsTheTransposeWhereTheMatrixIsStoredTheOtherWay() {
        HostTensor weight = HostTensor.of("w", TensorShape.of(3, 2), new float[] {1, 1, 1, 1, 1, 1});
        assertThat(LowRank.merge(weight, a, b, 0.5, true).toArray()).containsExactly(6, 0.5f, 11, 0, 16, -0.5f);
    }

    @Test
    void sumsOverTheRank() {
        HostTensor first = HostTensor.of("a", TensorShape.of(2, 1), new float[] {3, 5});
        HostTensor second = HostTensor.of("b", TensorShape.of(1, 2), new float[] {7, 11});
        HostTensor weight = HostTensor.zeros("w", TensorShape.of(1, 1));
        assertThat(LowRank.merge(weight, first, second, 1, false).toArray()).containsExactly(3 * 7 + 5 * 11);
    }

    @Test
    void meansAModuleByItsNameOrTheEndOfItBehindAPoint() {
        List<String> modules = List.of("layer.0.query", "layer.0.subquery", "query", "layer.0.value");
        assertThat(Targets.among(modules, List.of("query"))).containsExactly("layer.0.query", "query");
        assertThat(Targets.among(modules, List.of("layer.0.value"))).containsExactly("layer.0.value");
        assertThat(Targets.unmatched(modules, List.of("query", "key", "ayer.0.query")))
                .containsExactly("key", "ayer.0.query");
    }
}
