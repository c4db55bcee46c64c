package io.freshet.model.torch;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.jni.JniUtils;
import io.freshet.model.ModelException;
import io.freshet.model.Precision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Starts libtorch once a process and puts threads into the state that calls need. */
public final class Torch {

    /** Held around a step that draws random numbers: libtorch's generator is one for the whole process. */
    static final Object RANDOM = new Object();

    /** What to do about a libtorch of another version. */
    static final String REMEDY =
            "unset PYTORCH_VERSION and PYTORCH_LIBRARY_PATH or point them at that version, or build for libtorch 2.5.1 with"
                    + " Maven's profile libtorch-2.5, or gpu for CUDA";

    private static boolean started;

    private Torch() {}

    /**
     * Starts the engine, without any network, unless it runs already.
     *
     * <p>With as many threads as processors every operation waits for its slowest thread, and those wait for whatever
     * else runs: beside other work a step of a small model was seen to take 20 times as long. So half of the processors
     * is the choice where none is stated.
     *
     * @param threads threads of one operation, process-wide; 0 for half of the processors, at least 1, unless a number
     *     was stated before
     * @throws ModelException if libtorch cannot be loaded or is not the version this build was made for
     */
    public static synchronized void start(int threads) {
        if (!started) {
            setDefault("ai.djl.offline", "true");
            setDefault("OPT_OUT_TRACKING", "true");
            Engine engine = load();
            requireVersion(engine.getVersion());
            SelfTest.run();
            JniUtils.setNumThreads(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));
            started = true;
        }
        if (threads > 0 && JniUtils.getNumThreads() != threads) {
            JniUtils.setNumThreads(threads);
        }
    }

    /** Returns the number of threads that one operation uses. */
    public static int threads() {
        start(0);
        return JniUtils.getNumThreads();
    }

    /** Returns the version of libtorch that runs. */
    public static String version() {
        start(0);
        return Engine.getEngine("PyTorch").getVersion();
    }

    /**
     * Whether a program is to compute in bfloat16.
     *
     * @param device as {@link io.freshet.model.ModelOptions} has it
     */
    public static boolean computesInBf16(Precision precision, String device) {
        return switch (precision) {
            case FP32 -> false;
            case BF16 -> true;
            case AUTO -> Place.of(device).multipliesBf16();
        };
    }

    /**
     * Sets what libtorch keeps for each thread. Must precede native calls on every thread.
     *
     * <p>The graph executor's optimisation is off because with it an inference-mode call after a train-mode call of the
     * same program fails ("Inference tensors cannot be saved for backward").
     */
    static void prepareThread(boolean autograd) {
        JniUtils.setGradMode(autograd);
        JniUtils.setGraphExecutorOptimize(false);
    }

    private static Engine load() {
        try {
            return Engine.getEngine("PyTorch");
        } catch (EngineException | UnsatisfiedLinkError e) {
            throw new ModelException(
                    "libtorch cannot be loaded: %s; ai.djl.pytorch:pytorch-native-cpu %s for this platform must be on the class path; %s"
                            .formatted(e.getMessage(), expectedVersion(), REMEDY),
                    e);
        }
    }

    static void requireVersion(String loaded) {
        if (!loaded.equals(expectedVersion())) {
            throw new ModelException("libtorch %s was loaded but this build needs exactly %s; %s"
                    .formatted(loaded, expectedVersion(), REMEDY));
        }
    }

    static String expectedVersion() {
        Properties versions = new Properties();
        try (InputStream in = Torch.class.getResourceAsStream("versions.properties")) {
            if (in == null) {
                throw new ModelException("versions.properties is missing from the jar; build it again");
            }
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty("libtorch", "");
    }

    private static void setDefault(String key, String value) {
        if (System.getProperty(key) == null) {
            System.setProperty(key, value);
        }
    }
}
