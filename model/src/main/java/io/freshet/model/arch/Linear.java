package io.freshet.model.arch;

/**
 * A matrix of the network that can have a low-rank adapter beside it.
 *
 * @param module its name without {@code .weight}
 * @param in width of what it takes
 * @param out width of what it gives
 * @param transposed whether the matrix is stored as (in, out) and not as (out, in)
 */
public record Linear(String module, long in, long out, boolean transposed) {}
