package io.freshet.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.Device;
import io.freshet.model.ModelException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceTest {

    @BeforeAll
    static void start() {
        Torch.start(0);
    }

    @Test
    void takesTheProcessorWhereThereIsNoOther() {
        assertThat(Place.of("cpu")).isEqualTo(Place.CPU);
        boolean cuda = CudaProbe.fault(new Place(Device.gpu(0))).isEmpty();
        assertThat(Place.of("auto").isCuda()).isEqualTo(cuda);
    }

    @Test
    void refusesACudaDeviceThatIsNotThereWithTheRemedy() {
        assumeFalse(CudaProbe.fault(new Place(Device.gpu(0))).isEmpty(), "there is a CUDA device here");
        assertThatThrownBy(() -> Place.of("cuda:0"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("device = cuda:0 cannot be used (")
                .hasMessageContaining("profile gpu")
                .hasMessageContaining("device = cpu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gpu", "cuda", "cuda:x", "cuda:-1", "CPU", ""})
    void refusesWhatIsNoDevice(String setting) {
        assertThatThrownBy(() -> Place.of(setting))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("device = " + setting);
    }

    @Test
    void roundsLengthsUpOnCudaOnly() {
        assertThat(Place.CPU.lengthMultiple()).isEqualTo(1);
        assertThat(new Place(Device.gpu(1)).lengthMultiple()).isEqualTo(8);
        assertThat(new Place(Device.gpu(1)).name()).isEqualTo("cuda:1");
    }
}
