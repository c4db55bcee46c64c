package io.freshet.model.arch;

import io.freshet.model.ModelException;
import java.util.Locale;

/** Activation functions by the names that configurations use. */
enum Activation {
    GELU("torch.gelu(%s)"),
    GELU_NEW("torch.gelu(%s, approximate=\"tanh\")"),
    RELU("torch.relu(%s)"),
    SILU("torch.silu(%s)"),
    TANH("torch.tanh(%s)");

    private final String expression;

    Activation(String expression) {
        this.expression = expression;
    }

    /**
     * Returns the function of a name.
     *
     * @param key key of the configuration, for the message
     * @throws ModelException if the name is unknown
     */
    static Activation named(String key, String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "gelu" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> GELU_NEW;
            case "relu" -> RELU;
            case "silu", "swish" -> SILU;
            case "tanh" -> TANH;
            default ->
                throw new ModelException(
                        "config.json: %s = '%s' is not an activation that is supported; gelu, gelu_new, relu, silu and tanh are"
                                .formatted(key, name));
        };
    }

    String of(String x) {
        return expression.formatted(x);
    }
}
