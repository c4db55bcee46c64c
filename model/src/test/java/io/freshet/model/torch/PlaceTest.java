package io.freshet.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.djl.Device;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.ModelException;
import io.freshet.model.Precision;
import java.util.List;
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

    @Test
    void saysInOneSentenceWhyADeviceCannotBeUsed() {
        assertThat(CudaProbe.reason("x\nRuntimeError: CUDA error: invalid device ordinal. CUDA kernel errors might\ny"))
                .isEqualTo("RuntimeError: CUDA error: invalid device ordinal");
        assertThat(CudaProbe.reason("Could not run 'aten::empty' with arguments from the 'CUDA' backend. This"))
                .isEqualTo("this libtorch is built for processors alone");
        assertThat(CudaProbe.reason("")).isEqualTo("no reason given");
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

    @Test
    void roundsNoFurtherThanTheModelReads() {
        assertThat(new Padding(0, 8, 512).width(9)).isEqualTo(16);
        assertThat(new Padding(0, 8, 512).width(16)).isEqualTo(16);
        assertThat(new Padding(0, 8, 30).width(27)).isEqualTo(30);
        assertThat(new Padding(0, 1, 512).width(9)).isEqualTo(9);
        assertThat(new Padding(0, 8, 512).exact().width(9)).isEqualTo(9);
        TokenBatch batch = TokenBatch.of(List.of(new int[] {5, 6, 7}), List.of(new int[3]), new Padding(9, 8, 512));
        assertThat(batch.ids()).containsExactly(5, 6, 7, 9, 9, 9, 9, 9);
        assertThat(batch.present()).containsExactly(true, true, true, false, false, false, false, false);
        assertThat(batch.tokens()).isEqualTo(3);
    }

    /** The way to CUDA, but for the page-locked memory that only CUDA has. */
    @Test
    void sendsTensorsOfEveryKindThatPassAsArguments() {
        Torch.prepareThread(false);
        try (PtNDManager manager = Place.CPU.newManager();
                Transfer transfer = new Transfer(manager, Place.CPU)) {
            assertThat(transfer.host(manager)).isSameAs(manager);
            long[] ids = {3, 5, 7};
            try (IValue sent = transfer.send((PtNDArray) manager.create(ids), false)) {
                assertThat(sent.toTensor(manager).toLongArray()).containsExactly(ids);
            }
            try (IValue sent = transfer.send((PtNDArray) manager.create(new float[] {0.5f}), false)) {
                assertThat(sent.toTensor(manager).toFloatArray()).containsExactly(0.5f);
            }
            try (IValue sent = transfer.send((PtNDArray) manager.create(new boolean[] {true, false}), false)) {
                assertThat(sent.toTensor(manager).toBooleanArray()).containsExactly(true, false);
            }
        }
    }

    /** The way from CUDA; from the host to the host it is the same calls. */
    @Test
    void copiesTensorsOutSoThatTheyOutliveWhereTheyWere() {
        Torch.prepareThread(false);
        try (PtNDManager host = Place.CPU.newManager()) {
            PtNDArray copy;
            try (PtNDManager manager = Place.CPU.newManager()) {
                PtNDArray array = (PtNDArray) manager.create(new float[] {1, 2, 3});
                copy = TensorList.moved(array, host);
                array.addi(10);
                assertThat(array.toFloatArray()).containsExactly(11, 12, 13);
            }
            assertThat(copy.toFloatArray()).containsExactly(1, 2, 3);
            assertThat(copy.getManager()).isSameAs(host);
        }
    }

    @Test
    void takesBfloat16FromTheHardware() {
        assertThat(Torch.computesInBf16(Precision.AUTO, "cpu")).isEqualTo(Hardware.multipliesBf16());
        assertThat(Torch.computesInBf16(Precision.BF16, "cpu")).isTrue();
        assertThat(Hardware.multipliesBf16("flags : fpu avx512_bf16 amx_tile")).isTrue();
        assertThat(Hardware.multipliesBf16("flags : fpu avx512f")).isFalse();
    }
}
