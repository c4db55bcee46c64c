package io.freshet.evaluator.gate;

/**
 * Why a command is not done.
 *
 * @param code for programs, such as {@code signature.wrong}
 * @param detail for people: what was found, which rule, what to do
 */
record Refusal(String code, String detail) {}
