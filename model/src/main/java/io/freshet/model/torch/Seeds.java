package io.freshet.model.torch;

/** Derives seeds. */
public final class Seeds {

    private Seeds() {}

    /** Mixes a number into a seed; the finaliser of splitmix64 (Steele, Lea, Flood, OOPSLA 2014). */
    public static long mix(long seed, long number) {
        long z = seed + 0x9e3779b97f4a7c15L * (number + 1);
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
