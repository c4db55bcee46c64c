package io.freshet.model.torch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.util.cuda.CudaUtils;
import io.freshet.model.ModelException;

/** Asks libtorch whether it can compute on a CUDA device. */
final class CudaProbe {

    private static final String METHODS = """
              def one(self, device: str) -> Tensor:
                return torch.ones([1], dtype=6, layout=None, device=torch.device(device))
            """;

    private CudaProbe() {}

    /** Returns why a place cannot be used; nothing if it can. */
    static String fault(Place place) {
        Torch.prepareThread(false);
        try (PtNDManager manager = Place.CPU.newManager();
                Program program = Program.load(manager, METHODS);
                IValue name = IValue.from(place.name());
                IValue one = program.run("one", false, name)) {
            float value = one.toTensor(manager).toFloatArray()[0];
            return value == 1 ? "" : "1 became " + value;
        } catch (ModelException | IllegalStateException e) {
            return reason(String.valueOf(e.getMessage()));
        }
    }

    /** Returns a device's compute capability times 10, 0 where it cannot be told. */
    static int capability(int device) {
        try {
            return Integer.parseInt(CudaUtils.getComputeCapability(device));
        } catch (IllegalStateException | IllegalArgumentException | LinkageError e) {
            return 0; // the CUDA runtime is not found by DJL: fp32 is right everywhere
        }
    }

    /** libtorch explains at length: what went wrong is the first sentence of the last line that names an error. */
    static String reason(String message) {
        if (message.contains("'CUDA' backend")) {
            return "this libtorch is built for processors alone";
        }
        String line = message.lines()
                .map(String::strip)
                .filter(part -> part.contains("rror"))
                .reduce((first, second) -> second)
                .orElse(message.lines().findFirst().orElse("no reason given"));
        int end = line.indexOf(". ");
        return end < 0 ? line : line.substring(0, end);
    }
}
