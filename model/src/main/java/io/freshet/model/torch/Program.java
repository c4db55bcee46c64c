package io.freshet.model.torch;

import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptCall;
import io.freshet.model.ModelException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A loaded TorchScript program. Its methods may be run by several threads at once. Owns the native module. */
final class Program implements AutoCloseable {

    private final PtSymbolBlock module;

    private Program(PtSymbolBlock module) {
        this.module = module;
    }

    /**
     * Compiles methods.
     *
     * @throws ModelException with the compiler's message if the text is not TorchScript
     */
    static Program load(PtNDManager manager, String methods) {
        try {
            return new Program(
                    JniUtils.loadModule(manager, new ByteArrayInputStream(ScriptArchive.of(methods)), false, false));
        } catch (EngineException e) {
            throw new ModelException("the model's program does not compile: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
    }

    /**
     * Runs a method; the caller closes the result and has prepared the thread with the same {@code autograd}.
     *
     * @throws ModelException with what libtorch says if it cannot compute, for want of memory or for its arguments
     */
    IValue run(String method, boolean autograd, IValue... arguments) {
        try {
            return ScriptCall.run(module, method, autograd, arguments);
        } catch (EngineException e) {
            throw new ModelException("libtorch cannot compute %s: %s".formatted(method, e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        module.close();
    }
}
