package io.freshet.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import io.freshet.model.ModelException;
import org.junit.jupiter.api.Test;

class TorchTest {

    @Test
    void runsTheVersionThatTheBuildNames() {
        assertThat(Torch.version()).isEqualTo(Torch.expectedVersion()).matches("\\d+\\.\\d+\\.\\d+");
    }

    @Test
    void usesAsManyThreadsAsItIsTold() {
        Torch.start(0);
        assertThat(Torch.threads())
                .isBetween(1, Math.max(1, Runtime.getRuntime().availableProcessors()));
        int before = Torch.threads();
        Torch.start(before + 1);
        assertThat(Torch.threads()).isEqualTo(before + 1);
        Torch.start(before);
    }

    @Test
    void refusesAnotherVersionNamingTheRemedy() {
        assertThatThrownBy(() -> Torch.requireVersion("1.13.1"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("libtorch 1.13.1 was loaded but this build needs exactly")
                .hasMessageContaining("PYTORCH_VERSION")
                .hasMessageContaining("profile libtorch-2.5")
                .hasMessageContaining("gpu");
    }

    @Test
    void passesOnWhatTheCompilerSays() {
        Torch.start(0);
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            assertThatThrownBy(() -> Program.load(
                            (PtNDManager) manager, "  def f(self) -> int:\n    return torch.no_such_function()\n"))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining("does not compile")
                    .hasMessageContaining("no_such_function");
        }
    }

    @Test
    void scalesGradientsAsPyTorchDoes() {
        assertThat(TorchLearner.clipping(4, 1)).isEqualTo(1 / (4 + 1e-6));
        assertThat(TorchLearner.clipping(0.5, 1)).isEqualTo(1);
        assertThat(TorchLearner.clipping(5, Double.POSITIVE_INFINITY)).isEqualTo(1);
    }
}
