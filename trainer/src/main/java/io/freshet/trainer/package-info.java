/**
 * Examples into checkpoints: {@link io.freshet.trainer.TrainerService} follows {@code examples.train}, cuts what
 * arrives into micro-batches ({@code cut}), learns from them ({@code learn}) and publishes checkpoints ({@code
 * checkpoint}), each in one transaction with the offsets it covers.
 */
@NullMarked
package io.freshet.trainer;

import org.jspecify.annotations.NullMarked;
