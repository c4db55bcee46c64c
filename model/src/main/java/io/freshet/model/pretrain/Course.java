package io.freshet.model.pretrain;

import io.freshet.model.torch.IdTensor;
import io.freshet.model.torch.Seeds;
import io.freshet.model.torch.TorchPretrainer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The steps of a run from where it stands to the end of its budget, or until it is to stop. */
final class Course {

    private static final long REPORTED = TimeUnit.SECONDS.toNanos(30);
    private static final long CHECKPOINTED = TimeUnit.MINUTES.toNanos(3);

    /** Apart from the seeds of batches. */
    private static final int DROPOUT = 100;

    /** Keeps where a run stands. */
    interface Keeper {
        void keep(Checkpoint checkpoint, TorchPretrainer trainer) throws IOException;
    }

    private final PretrainingSettings settings;
    private final Batches batches;
    private final TorchPretrainer trainer;
    private final Pretraining.Watcher watcher;
    private final LongSupplier nanos;

    Course(
            PretrainingSettings settings,
            Batches batches,
            TorchPretrainer trainer,
            Pretraining.Watcher watcher,
            LongSupplier nanos) {
        this.settings = settings;
        this.batches = batches;
        this.trainer = trainer;
        this.watcher = watcher;
        this.nanos = nanos;
    }

    /** Takes steps; returns where the run stands then, which is not kept yet. */
    Checkpoint run(Checkpoint start, Keeper keeper) throws IOException {
        long began = nanos.getAsLong();
        long reportAt = REPORTED;
        long keepAt = CHECKPOINTED;
        Losses losses = new Losses();
        Checkpoint now = start;
        double spent = settings.budget().spent(now.step(), now.nanos());
        while (spent < 1 && !watcher.stopRequested()) {
            losses.add(step(now.step() + 1, spent));
            long taken = nanos.getAsLong() - began;
            now = new Checkpoint(now.step() + 1, start.nanos() + taken, start.settings());
            spent = settings.budget().spent(now.step(), now.nanos());
            if (taken >= reportAt || spent >= 1) {
                report(start, now, Math.min(1, spent), taken, losses);
                reportAt = taken + REPORTED;
            }
            if (taken >= keepAt && spent < 1) {
                keeper.keep(now, trainer);
                keepAt = taken + CHECKPOINTED;
            }
        }
        return now;
    }

    /** The rate is that at the middle of the step where steps are counted, so that neither the first nor the last is 0. */
    private List<Double> step(long step, double spent) {
        double rate = settings.curve()
                .at(Math.min(1, Math.max(spent, settings.budget().spent(1, 0) / 2)));
        return trainer.step(
                        batches.at(step),
                        Seeds.mix(Seeds.mix(settings.seed(), DROPOUT), step),
                        settings.clipNorm(),
                        rate,
                        settings.weightDecay())
                .losses();
    }

    private void report(Checkpoint start, Checkpoint now, double spent, long taken, Losses losses) {
        long tokens = now.step() * batches.tokensOfAStep();
        double rate = (now.step() - start.step()) * batches.tokensOfAStep() / Math.max(1e-9, taken / 1e9);
        watcher.progress(new Progress(now.step(), spent, tokens, rate, losses.take(), heldOut()));
    }

    /** Returns the losses on held-out text: the total, then its parts. */
    List<Double> heldOut() {
        Losses losses = new Losses();
        for (List<IdTensor> batch : batches.heldOut()) {
            losses.add(trainer.losses(batch, settings.seed()));
        }
        return losses.take();
    }
}
