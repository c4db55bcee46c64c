package io.freshet.model.arch;

import java.util.Set;

/**
 * Which matrices of a network get a low-rank adapter beside them.
 *
 * @param rank inner width of an adapter
 * @param scale factor of an adapter's output
 * @param dropout probability of dropout before an adapter
 * @param modules names of the matrices without {@code .weight}
 */
public record Adapters(int rank, double scale, double dropout, Set<String> modules) {

    public static final Adapters NONE = new Adapters(1, 1, 0, Set.of());

    public Adapters {
        modules = Set.copyOf(modules);
    }
}
