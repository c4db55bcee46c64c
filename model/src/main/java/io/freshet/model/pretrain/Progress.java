package io.freshet.model.pretrain;

import java.util.List;

/**
 * Where a pretraining run stands.
 *
 * @param step steps taken
 * @param spent share of the budget that is spent, in [0, 1]
 * @param tokens tokens of packed sequences seen
 * @param tokensPerSecond of them, since this process went on with the run
 * @param loss mean training loss since the last report, nats: the total, then its parts where the task has several
 * @param heldOut the same on held-out text, without dropout
 */
public record Progress(
        long step, double spent, long tokens, double tokensPerSecond, List<Double> loss, List<Double> heldOut) {

    public Progress {
        loss = List.copyOf(loss);
        heldOut = List.copyOf(heldOut);
    }

    /** Returns a line for people. */
    public String describe() {
        return "%3.0f %% | step %,d | %,d tokens | %,.0f tokens/s | loss %s | held out %s"
                .formatted(100 * spent, step, tokens, tokensPerSecond, losses(loss), losses(heldOut));
    }

    static String losses(List<Double> losses) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < losses.size(); i++) {
            text.append(i == 0 ? "" : i == 1 ? " (" : " + ").append("%.3f".formatted(losses.get(i)));
        }
        return text.append(losses.size() > 1 ? ")" : "").toString();
    }
}
