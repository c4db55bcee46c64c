package io.freshet.bench.step;

/**
 * Where the time of some steps went, in seconds.
 *
 * @param total of all steps, with what is between the parts
 * @param data padding token ids and making tensors of them; not the tokenizer
 * @param forward the loss, with dropout, keeping what the backward pass needs
 * @param backward the gradients
 * @param optimizer clipping and AdamW
 */
record StepSeconds(double total, double data, double forward, double backward, double optimizer) {}
