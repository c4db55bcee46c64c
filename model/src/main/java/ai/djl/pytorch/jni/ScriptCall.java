package ai.djl.pytorch.jni;

import ai.djl.pytorch.engine.PtSymbolBlock;

/**
 * Calls a method of a TorchScript module with or without autograd.
 *
 * <p>It stands in DJL's package because DJL exposes the native call only there. Nothing else belongs here.
 */
public final class ScriptCall {

    private ScriptCall() {}

    /**
     * Runs {@code method}.
     *
     * @param autograd whether a graph is recorded; without it the call runs in inference mode
     * @return the method's value; the caller closes it
     */
    public static IValue run(PtSymbolBlock module, String method, boolean autograd, IValue... arguments) {
        long[] handles = new long[arguments.length];
        for (int i = 0; i < handles.length; i++) {
            handles[i] = arguments[i].getHandle();
        }
        return new IValue(PyTorchLibrary.LIB.moduleRunMethod(module.getHandle(), method, handles, autograd, false));
    }
}
