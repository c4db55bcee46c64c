package io.freshet.model.torch;

import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;

/**
 * Brings tensors of the host to where a model computes. To CUDA they go through page-locked memory, from where the device
 * fetches them while the host goes on; libtorch keeps that memory until it has.
 */
final class Transfer implements AutoCloseable {

    private static final String METHODS = """
              def place(self, x: Tensor, device: str, pin: bool) -> Tensor:
                if pin:
                  y = torch.pin_memory(x)
                else:
                  y = x
                return torch.to(y, torch.device(device), ops.prim.dtype(x), True, False)
            """;

    private final Place place;
    private final Program program;
    private final IValue device;

    Transfer(PtNDManager manager, Place place) {
        this.place = place;
        program = Program.load(manager, METHODS);
        device = IValue.from(place.name());
    }

    /** Returns a manager for tensors that are to be placed, which lives as long as {@code manager} does. */
    NDManager host(PtNDManager manager) {
        return place.isCuda() ? manager.newSubManager(Place.CPU.device()) : manager;
    }

    /** Returns a tensor of the host as an argument where the model computes; the caller closes it. */
    IValue place(PtNDArray tensor) {
        return place.isCuda() ? send(tensor, true) : IValue.from(tensor);
    }

    /**
     * Copies a tensor.
     *
     * @param pin whether through page-locked memory, which only CUDA has
     */
    IValue send(PtNDArray tensor, boolean pin) {
        try (IValue argument = IValue.from(tensor);
                IValue flag = IValue.from(pin)) {
            // not in inference mode: what comes out is kept for the backward pass
            return program.run("place", true, argument, device, flag);
        }
    }

    @Override
    public void close() {
        device.close();
        program.close();
    }
}
