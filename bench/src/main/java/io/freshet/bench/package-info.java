/**
 * Texts and a model into figures: how long the parts of a training step take ({@code step}), and how resident memory
 * develops over many of them ({@code soak}).
 */
@NullMarked
package io.freshet.bench;

import org.jspecify.annotations.NullMarked;
