package io.freshet.evaluator.gate;

import io.freshet.schemas.ExampleScore;
import io.freshet.schemas.Pair;
import io.freshet.schemas.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The one open comparison of a kind, if there is one: which models it asks for, which examples it counts, each once and of a
 * group only the first, and how far it has come. What the pairs lead to is not decided here.
 */
final class Comparison {

    /** Key of the open trial in the table of trials. */
    static final String TRIAL = "open";

    /** Key of the open watch. */
    static final String WATCH = "watch";

    static final String KIND_WATCH = "watch";

    /** A model that could not be scored on so many examples in a row cannot be scored at all. */
    static final int BROKEN = 10;

    private static final String GROUP = "group/";
    private static final String FAILURES = "failures/";

    private final String key;
    private final GateState state;
    private final Table<long[]> counters;
    private final Arrivals arrivals;
    private final ScoreShelf scores;
    private final Ledger ledger;
    private final Consumer<SpecificRecord> out;

    /**
     * @param key in the table of trials
     * @param counters where this comparison alone counts
     * @param out takes Trial and Pair records
     */
    Comparison(
            String key,
            GateState state,
            Table<long[]> counters,
            Arrivals arrivals,
            ScoreShelf scores,
            Consumer<SpecificRecord> out) {
        this.key = key;
        this.state = state;
        this.counters = counters;
        this.arrivals = arrivals;
        this.scores = scores;
        this.ledger = new Ledger(counters);
        this.out = out;
    }

    static boolean isWatch(Trial trial) {
        return trial.getKind().equals(KIND_WATCH);
    }

    /** Returns the ids of the models that a trial compares, the champion's first. */
    static List<String> members(Trial trial) {
        List<String> members = new ArrayList<>(List.of(trial.getChampion(), trial.getCandidate()));
        String anchor = thirdAnchor(trial);
        if (anchor != null) {
            members.add(anchor);
        }
        return members;
    }

    /** Returns the anchor's id where it is neither of the other two. */
    static @Nullable String thirdAnchor(Trial trial) {
        String anchor = trial.getAnchor();
        return anchor == null || anchor.equals(trial.getChampion()) || anchor.equals(trial.getCandidate())
                ? null
                : anchor;
    }

    @Nullable
    Trial open() {
        return state.trials().get(key);
    }

    /** Begins; all scores that are there already are yet to be counted. */
    void begin(Trial trial) {
        Offsets first = first(trial);
        state.trials().put(key, trial);
        save(Progress.begin(trial, arrivals.countFrom(first), first));
        scores.said(trial);
        out.accept(trial);
    }

    /** Ends and forgets what was counted; returns the closed trial. */
    Trial end(String outcome, Instant time) {
        Trial open = known();
        state.trials().remove(key);
        counters.remove(Progress.KEY);
        counters.removeAll(GROUP);
        counters.removeAll(FAILURES);
        ledger.clear();
        return close(open, outcome, time);
    }

    /** Says that a trial is closed, or was, by another outcome. */
    Trial close(Trial trial, String outcome, Instant time) {
        Trial closed = GateRecords.closed(trial, outcome, time);
        scores.said(closed);
        out.accept(closed);
        return closed;
    }

    /** Returns the open trial. */
    Trial known() {
        return Objects.requireNonNull(open(), () -> "no trial is open under " + key);
    }

    Progress progress() {
        long[] stored = Objects.requireNonNull(
                counters.get(Progress.KEY), () -> "the progress of the trial under " + key + " is missing");
        return Progress.fromLongs(stored, known());
    }

    void save(Progress progress) {
        counters.put(Progress.KEY, progress.toLongs());
    }

    Ledger ledger() {
        return ledger;
    }

    /** A held-out example arrived. */
    void arrived(int partition, long offset) {
        Trial trial = open();
        if (trial == null || offset < first(trial).of(partition)) {
            return;
        }
        Progress progress = progress().expectOneMore();
        save(answers(partition, offset).isPresent() ? progress.doneOneMore() : progress); // scores may have come first
    }

    /** Whether a score is of one of the open trial's models on an example that it counts. */
    boolean concerns(ExampleScore score) {
        Trial trial = open();
        return trial != null
                && members(trial).contains(score.getCheckpoint())
                && score.getOffset() >= first(trial).of(score.getPartition());
    }

    /** Whether with this score a model has failed on so many examples in a row that it must be broken. */
    boolean breaks(ExampleScore score) {
        String row = FAILURES + score.getCheckpoint();
        long[] before = counters.get(row);
        if (ledger.objection(score, known()).isEmpty()) {
            if (before != null) {
                counters.remove(row);
            }
            return false;
        }
        long failures = before == null ? 1 : before[0] + 1;
        counters.put(row, new long[] {failures});
        return failures >= BROKEN;
    }

    /** Returns what the models say of an example once all of them have spoken. */
    Optional<Answers> answers(int partition, long offset) {
        Trial trial = known();
        ExampleScore champion = scores.get(trial.getChampion(), partition, offset);
        ExampleScore candidate = scores.get(trial.getCandidate(), partition, offset);
        String anchorId = thirdAnchor(trial);
        ExampleScore anchor = anchorId == null ? null : scores.get(anchorId, partition, offset);
        return champion == null || candidate == null || (anchorId != null && anchor == null)
                ? Optional.empty()
                : Optional.of(new Answers(champion, candidate, anchor));
    }

    /** Returns the examples that all models had answered when the comparison began, by partition and offset. */
    List<Answers> answered() {
        Trial trial = known();
        Offsets first = first(trial);
        List<Answers> answered = new ArrayList<>();
        for (String score : scores.keys(trial.getCandidate())) {
            int partition = ScoreKey.partition(score);
            long offset = ScoreKey.offset(score);
            if (offset >= first.of(partition)) {
                answers(partition, offset).ifPresent(answered::add);
            }
        }
        return answered;
    }

    /** Notes that an example has been answered by all, whether it counts or not. */
    void use(Answers answers) {
        Progress progress = progress().use(answers.partition(), answers.offset());
        boolean arrived = answers.offset() < arrivals.ends().of(answers.partition());
        save(arrived ? progress.doneOneMore() : progress);
    }

    /** Whether answers without objection make a pair: not twice of one group, and not where a label is missing. */
    boolean makesPair(Answers answers) {
        return ledger.comparable(answers.candidate(), known()) && firstOfGroup(answers.candidate());
    }

    /** Publishes one pair and folds it. */
    Progress fold(Answers answers) {
        Trial trial = known();
        Progress progress = progress();
        Pair pair =
                GateRecords.pair(trial, progress.pairs(), answers.champion(), answers.candidate(), answers.anchor());
        out.accept(pair);
        Progress folded = ledger.fold(progress, pair, trial);
        save(folded);
        return folded;
    }

    private boolean firstOfGroup(ExampleScore score) {
        if (score.getGroup() == null) {
            return true;
        }
        String group = GROUP + score.getGroup();
        boolean first = counters.get(group) == null;
        if (first) {
            counters.put(group, new long[] {score.getPartition(), score.getOffset()});
        }
        return first;
    }

    private static Offsets first(Trial trial) {
        return new Offsets(trial.getFirstOffsets());
    }
}
