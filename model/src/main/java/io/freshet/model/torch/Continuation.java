package io.freshet.model.torch;

import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * A text that a causal language model goes on with: the keys and values of the tokens that it has read, in native memory.
 * One thread at a time; it must not outlive its model.
 */
public final class Continuation implements AutoCloseable {

    private final TorchModel model;
    private IValue memory;

    Continuation(TorchModel model) {
        this.model = model;
        memory = model.whileOpen(
                () -> model.program().run("begin", false, model.weights().handle()));
    }

    /**
     * Reads tokens.
     *
     * @param ids what follows the tokens that were read before; at least one
     * @return logits of the token after them, one a word
     */
    public float[] read(int[] ids) {
        TokenBatch batch = TokenBatch.of(List.of(ids), List.of(new int[ids.length]), new Padding(0, 1, ids.length));
        return model.whileOpen(() -> {
            try (NativeInputs in = model.inputs(batch);
                    IValue result =
                            model.program().run("next", false, model.weights().handle(), in.ids(), memory)) {
                IValue[] parts = result.toIValueTuple();
                memory.close();
                memory = parts[1];
                return in.keep(parts[0]).toTensor(in.manager()).toFloatArray();
            }
        });
    }

    @Override
    public void close() {
        memory.close();
    }
}
