package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.Map;

/** An architecture: from a configuration to a program, and what its files are called. One implementation a file. */
public interface Family {

    /** Returns the value of {@code model_type} that names the family. */
    String modelType();

    /** Returns what the names of the body's weights begin with in a file with a head, such as {@code bert.}. */
    String prefix();

    /** Returns transformers' class of the body alone. */
    String bareClass();

    /** Returns transformers' class for each objective that the family has. */
    Map<Objective, String> classes();

    /** Returns the weight that shows whether a file has a classification head. */
    String headWeight();

    /**
     * Whether a weight of this name, with the prefix, that the program does not use belongs to other uses of the body
     * (heads of other tasks, buffers) and may be left out.
     */
    boolean isIgnorable(String name);

    /** Whether a weight may be absent and is then made anew: the heads, which another task's file does not have. */
    boolean isMadeAnew(String name);

    /** Returns the longest text, tokens. */
    int maxPositions(ModelConfig config);

    /** Returns the size of the vocabulary. */
    int vocabulary(ModelConfig config);

    /**
     * Writes the program.
     *
     * @param blueprint its objective is one of {@link #classes}
     */
    ModelProgram program(ModelConfig config, Blueprint blueprint);
}
