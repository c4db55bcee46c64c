package io.freshet.bench.gate;

/** One way to decide, along one stream. Not reusable. */
abstract class Arm {

    /** Never, as a number of pairs. */
    static final long NEVER = -1;

    private long promotedAt = NEVER;

    /**
     * Takes the next discordant pair.
     *
     * @param skipped concordant pairs before it
     * @param sign 1 where the candidate won it, else -1
     * @param position of it, from 1
     */
    abstract void discordant(long skipped, int sign, long position);

    /** Takes the end of the stream. */
    void end(long length) {}

    final void promote(long at) {
        if (promotedAt == NEVER) {
            promotedAt = at;
        }
    }

    final boolean promoted() {
        return promotedAt != NEVER;
    }

    /** Pairs after which it promoted, or {@link #NEVER}. */
    final long promotedAt() {
        return promotedAt;
    }

    /** Runs arms along a stream, to its end or until all have promoted. */
    static void run(PairStream stream, long length, Arm... arms) {
        boolean open = true;
        while (open && stream.advance(length)) {
            open = false;
            for (Arm arm : arms) {
                if (!arm.promoted()) {
                    arm.discordant(stream.skipped(), stream.sign(), stream.position());
                }
                open |= !arm.promoted();
            }
        }
        for (Arm arm : arms) {
            if (!arm.promoted()) {
                arm.end(length);
            }
        }
    }
}
