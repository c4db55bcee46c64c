package io.freshet.model.arch;

import io.freshet.model.ModelException;
import io.freshet.model.config.ModelConfig;
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

    /** Returns the function that a configuration names, gelu where it names none. */
    static Activation of(ModelConfig config, String key) {
        return of(config, key, "gelu");
    }

    /**
     * Returns the function that a configuration names.
     *
     * @param otherwise the name where it names none
     * @throws ModelException if the name is unknown
     */
    static Activation of(ModelConfig config, String key, String otherwise) {
        return switch (config.text(key, otherwise).toLowerCase(Locale.ROOT)) {
            case "gelu" -> GELU;
            case "gelu_new", "gelu_pytorch_tanh" -> GELU_NEW;
            case "relu" -> RELU;
            case "silu", "swish" -> SILU;
            case "tanh" -> TANH;
            default ->
                throw config.fault(
                        key,
                        "an activation that is supported; gelu, gelu_new, gelu_pytorch_tanh, relu, silu and tanh are");
        };
    }

    String call(String x) {
        return expression.formatted(x);
    }
}
