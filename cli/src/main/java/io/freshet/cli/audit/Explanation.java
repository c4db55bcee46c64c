package io.freshet.cli.audit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a checkpoint was promoted or not, and what it is made of.
 *
 * @param checkpoint its id
 * @param made what made it
 * @param reigns when it became champion, and why, in order
 * @param reigning whether it is champion now
 * @param chain itself, its parent and so on, as far as there are manifests
 * @param missing id of the first parent without a manifest
 * @param trainTopic topic of the offsets
 * @param trainedOn offsets that its weights were shown
 * @param unseen offsets that the chain of manifests covers and its weights were never shown
 * @param trials those it was in, in the order in which they opened
 * @param decisions what the gate decided about it beside trials, commands of people among it
 */
public record Explanation(
        String checkpoint,
        Made made,
        List<Crowning> reigns,
        boolean reigning,
        List<Ancestor> chain,
        @Nullable String missing,
        String trainTopic,
        List<Span> trainedOn,
        List<Span> unseen,
        List<TrialAccount> trials,
        List<Ruling> decisions) {

    public Explanation {
        reigns = List.copyOf(reigns);
        chain = List.copyOf(chain);
        trainedOn = List.copyOf(trainedOn);
        unseen = List.copyOf(unseen);
        trials = List.copyOf(trials);
        decisions = List.copyOf(decisions);
    }

    /** The course of training up to it, and what it ran on; see the manifest. */
    public record Made(
            long step,
            long trained,
            long rejected,
            int labels,
            String objective,
            Instant time,
            String configHash,
            long seed,
            String engine,
            String cpu,
            int threads) {}

    /** That it became champion, or stopped being it; {@code sequence} counts the champions. */
    public record Crowning(
            long sequence,
            String checkpoint,
            String reason,
            @Nullable String trial,
            @Nullable String who,
            @Nullable String why,
            Instant time) {}

    /** A checkpoint of the chain. */
    public record Ancestor(String checkpoint, long step, long trained, Instant time) {}

    /** What the gate decided beside trials; see the record Decision. */
    public record Ruling(
            String kind,
            @Nullable String command,
            @Nullable String who,
            String reason,
            @Nullable String detail,
            Instant time) {}
}
