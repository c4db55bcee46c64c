package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import java.util.List;
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

    /** Returns the weight that holds the embeddings of the words, one a row. */
    String wordTable();

    /** Returns the weight that a language model's head has where {@code tie_word_embeddings} is false: one row a word. */
    String headTable();

    /**
     * Whether a weight, by its name with the prefix, stands on top of the body: a head of one of the objectives or of
     * another task. What the program does not use of it is left out, and what it misses is made anew.
     */
    boolean isOfHead(String name);

    /** Whether a tensor, by its name with the prefix, is no weight but a table that older files hold, and left out. */
    boolean isBuffer(String name);

    /** Returns what the names of the projections end with that usually get low-rank adapters. */
    default List<String> adapterTargets() {
        return List.of("query", "value");
    }

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
