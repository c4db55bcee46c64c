package io.freshet.model.arch;

import io.freshet.model.config.ModelConfig;

/** An architecture: from a configuration to a program, and what its files are called. One implementation a file. */
public interface Family {

    /** Returns the value of {@code model_type} that names the family. */
    String modelType();

    /** Returns what the names of the body's weights begin with in a classifier's file, such as {@code bert.}. */
    String prefix();

    /** Returns transformers' class of the body alone. */
    String bareClass();

    /** Returns transformers' class of the classifier. */
    String classifierClass();

    /**
     * Whether weights of this name, with the prefix, belong to other uses of the body (heads of other tasks, buffers) and
     * may be left out.
     */
    boolean isIgnorable(String name);

    /** Whether a weight may be absent and is then made anew: the parts that pretraining does not have. */
    boolean isMadeAnew(String name);

    /** Returns the longest text, tokens. */
    int maxPositions(ModelConfig config);

    /** Returns the size of the vocabulary. */
    int vocabulary(ModelConfig config);

    /** Writes the program. */
    ClassifierProgram program(ModelConfig config);
}
