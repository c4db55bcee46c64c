package io.freshet.cli.run;

/**
 * Keeps publishing at most so many records ahead of learning, as a live stream would be: were the whole file there at once,
 * its held-out examples would be used up on the first, worst candidates, and none would be left for the later ones.
 */
final class Lead implements Pace {

    private final long most;
    private long settled;
    private boolean released;

    /**
     * Starts with nothing settled.
     *
     * @param most records ahead; 0 for no limit
     */
    Lead(long most) {
        if (most < 0) {
            throw new IllegalArgumentException("%d records ahead: at least 0 is wanted".formatted(most));
        }
        this.most = most;
        this.released = most == 0;
    }

    /**
     * Says how far learning is.
     *
     * @param records learned from, held out, rejected or dropped so far
     */
    synchronized void settled(long records) {
        settled = records;
        notifyAll();
    }

    /** Lifts the limit. */
    synchronized void release() {
        released = true;
        notifyAll();
    }

    @Override
    public synchronized void await(long sent) {
        try {
            while (!released && sent - settled >= most) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
