package io.freshet.cli.backtest;

import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Takes a contestant through a stream, and tests it on the way. */
final class StreamPass {

    private static final int CURVE_POINTS = 300;

    private final Contestant contestant;
    private final Plan plan;
    private final Job job;
    private final Listener listener;
    private final Exam exam;
    private final List<Long> seenAt = new ArrayList<>();
    private final List<Long> rightAt = new ArrayList<>();
    private long seen;
    private long right;
    private final Clocks.Sum learning;
    private final Clocks.Sum testing;

    /** Told where the pass stands. */
    interface Listener {
        /**
         * Something was learned.
         *
         * @param done examples learned from so far
         * @param total examples in all
         * @param accuracy share predicted rightly before
         */
        void at(long done, long total, double accuracy);
    }

    StreamPass(Contestant contestant, Plan plan, Job job, Listener listener, Clocks clocks) {
        this.contestant = contestant;
        this.plan = plan;
        this.job = job;
        this.listener = listener;
        this.learning = clocks.sum();
        this.testing = clocks.sum();
        this.exam = new Exam(contestant, plan.tests());
    }

    Result run() throws IOException {
        List<Double> untrained = test();
        List<List<Double>> rows = new ArrayList<>();
        boolean once = job.kind() != Kind.EVERYTHING;
        if (once) {
            for (List<Labelled> stretch : plan.stretches()) {
                learning.add(() -> learn(stretch));
                rows.add(test());
            }
        } else {
            learning.add(this::learnRepeatedly);
            rows.add(test());
        }
        return new Result(
                plan.tests().stream().map(Plan.Test::task).toList(),
                untrained,
                rows,
                once && plan.taskByTask(),
                once ? new Result.Curve(seenAt, rightAt) : null,
                exam.quality(),
                seen,
                new Result.Seconds(learning.elapsed(), learning.processor(), testing.elapsed()),
                contestant.memoryBytes());
    }

    private List<Double> test() {
        List<Double> row = new ArrayList<>();
        testing.add(() -> row.addAll(exam.sit()));
        return row;
    }

    private void learnRepeatedly() {
        List<Labelled> stream = plan.stream();
        Random random = new Random(job.seed());
        for (int epoch = 0; epoch < job.epochs(); epoch++) {
            Collections.shuffle(stream, random);
            learn(stream);
        }
    }

    private void learn(List<Labelled> stretch) {
        long total = (long) plan.size() * (job.kind() == Kind.EVERYTHING ? job.epochs() : 1);
        long every = Math.max(1, total / CURVE_POINTS);
        for (int from = 0; from < stretch.size(); from += contestant.atOnce()) {
            List<Labelled> piece = stretch.subList(from, Math.min(stretch.size(), from + contestant.atOnce()));
            right += contestant.learn(piece);
            exam.taught(piece);
            long before = seen;
            seen += piece.size();
            if (before / every != seen / every || seen == total) {
                seenAt.add(seen);
                rightAt.add(right);
                listener.at(seen, total, (double) right / seen);
            }
        }
    }
}
