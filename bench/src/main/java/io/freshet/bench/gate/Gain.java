package io.freshet.bench.gate;

/** By how much a candidate is truly better, along a stream. */
@FunctionalInterface
interface Gain {

    /** Returns the difference of accuracy at a pair, from 1; at most the discordance in magnitude. */
    double at(long pair);

    /** The same all along. */
    static Gain constant(double gain) {
        return pair -> gain;
    }

    /** One gain up to a pair, another one after it. */
    static Gain change(long until, double first, double then) {
        return pair -> pair <= until ? first : then;
    }
}
