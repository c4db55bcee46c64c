package io.freshet.model.torch;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import org.jspecify.annotations.Nullable;

/**
 * Solves systems of a symmetric, positive definite matrix, in float64 on the host. Owns its factor in native memory.
 * Confined to one thread. The same arguments and threads give the same bits: what is computed on is copied to memory that
 * libtorch has aligned.
 */
public final class TorchCholesky implements AutoCloseable {

    private static final String METHODS = """
              def factor(self, square: Tensor, roots: Tensor, scale: float) -> Tensor:
                rows = torch.clone(roots)
                within = torch.sub(square, torch.matmul(torch.t(rows), rows))
                return torch.linalg_cholesky(torch.div(within, scale))

              def solve(self, factor: Tensor, right: Tensor) -> Tensor:
                half = torch.linalg_solve_triangular(factor, torch.t(right), upper=False)
                whole = torch.linalg_solve_triangular(torch.t(factor), half, upper=True)
                return torch.contiguous(torch.t(whole))
            """;

    private final PtNDManager manager;
    private final Program program;
    private @Nullable IValue factor;

    public TorchCholesky() {
        Torch.start(0);
        manager = Place.CPU.newManager();
        try {
            Torch.prepareThread(false);
            program = Program.load(manager, METHODS);
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    /**
     * Factors {@code (square - roots' roots) / scale}.
     *
     * @param square shape (n, n), row by row; only its lower triangle is looked at
     * @param roots shape (any, n), row by row
     * @throws io.freshet.model.ModelException if the matrix is not positive definite
     */
    public void factor(double[] square, double[] roots, int n, double scale) {
        Torch.prepareThread(false);
        try (PtNDManager passing = (PtNDManager) manager.newSubManager();
                IValue a = argument(passing, square, n);
                IValue b = argument(passing, roots, n);
                IValue c = IValue.from(scale)) {
            IValue next = program.run("factor", false, a, b, c);
            if (factor != null) {
                factor.close();
            }
            factor = next;
        }
    }

    /**
     * Solves for right sides.
     *
     * @param right shape (any, n), row by row, a right side each
     * @return the solutions, row by row in the same order
     * @throws IllegalStateException if nothing was factored
     */
    public double[] solve(double[] right, int n) {
        if (factor == null) {
            throw new IllegalStateException("nothing was factored");
        }
        Torch.prepareThread(false);
        try (PtNDManager passing = (PtNDManager) manager.newSubManager();
                IValue argument = argument(passing, right, n);
                IValue result = program.run("solve", false, factor, argument)) {
            return result.toTensor(passing).toDoubleArray();
        }
    }

    private static IValue argument(PtNDManager passing, double[] rows, int n) {
        return IValue.from((PtNDArray) passing.create(rows, new Shape(rows.length / n, n)));
    }

    @Override
    public void close() {
        if (factor != null) {
            factor.close();
            factor = null;
        }
        program.close();
        manager.close();
    }
}
