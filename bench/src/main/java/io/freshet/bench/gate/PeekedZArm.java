package io.freshet.bench.gate;

/** What is done everywhere: a one-sided z-test at 5 %, looked at every 200 pairs. It promises nothing that holds. */
final class PeekedZArm extends Arm {

    private static final int EVERY = 200;
    private static final double CRITICAL = 1.6448536269514722;

    private long wins;
    private long losses;
    private long looked;

    @Override
    void discordant(long skipped, int sign, long position) {
        end(position - 1);
        wins += sign > 0 ? 1 : 0;
        losses += sign < 0 ? 1 : 0;
    }

    /** Looks at what lies between the last look and the given pair; between discordant pairs z only falls. */
    @Override
    void end(long length) {
        long at = (looked / EVERY + 1) * EVERY;
        if (at > length) {
            return;
        }
        looked = length / EVERY * EVERY;
        double lead = wins - losses;
        double variance = wins + losses - lead * lead / at;
        if (lead > 0 && lead >= CRITICAL * Math.sqrt(variance)) {
            promote(at);
        }
    }
}
