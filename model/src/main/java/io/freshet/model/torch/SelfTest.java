package io.freshet.model.torch;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import io.freshet.model.ModelException;

/** Computes a gradient whose value is known: a libtorch of another version loads without complaint and fails here. */
final class SelfTest {

    private static final String METHODS = """
              def square(self, x: Tensor) -> Tensor:
                gs = torch.autograd.grad([torch.sum(torch.mul(x, x))], [x], None, None, False, False)
                return unchecked_cast(Tensor, gs[0])
            """;

    private SelfTest() {}

    static void run() {
        float slope;
        Torch.prepareThread(true);
        try (PtNDManager manager = Place.CPU.newManager();
                Program program = Program.load(manager, METHODS)) {
            PtNDArray x = (PtNDArray) manager.create(new float[] {3}, new Shape(1));
            x.setRequiresGradient(true);
            try (IValue argument = IValue.from(x);
                    IValue result = program.run("square", true, argument)) {
                slope = result.toTensor(manager).toFloatArray()[0];
            }
        } catch (ModelException | EngineException | UnsatisfiedLinkError | IllegalStateException e) {
            throw new ModelException(failed(String.valueOf(e.getMessage())), e);
        } finally {
            Torch.prepareThread(false);
        }
        if (slope != 6) { // d(x*x)/dx at 3
            throw new ModelException(failed("the slope of x*x at 3 came out as " + slope));
        }
    }

    private static String failed(String how) {
        return "libtorch does not work (%s); the libraries do not fit together: this build needs exactly libtorch %s; %s"
                .formatted(how, Torch.expectedVersion(), Torch.REMEDY);
    }
}
