package io.freshet.model.pretrain;

import io.freshet.model.FreshWeights;
import io.freshet.model.ModelException;
import io.freshet.model.Models;
import io.freshet.model.Objective;
import io.freshet.model.arch.PretrainingProgram;
import io.freshet.model.arch.WeightSpec;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.text.WordPieces;
import io.freshet.model.torch.OptimizerState;
import io.freshet.model.torch.Torch;
import io.freshet.model.torch.TorchPretrainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Pretrains an encoder. What it becomes is a function of the request, if the budget is a number of steps and libtorch uses
 * one thread: an interrupted run that goes on gives the same bytes as one that was not interrupted.
 *
 * <p>While it is unfinished, everything lies in {@code unfinished/} of the directory; a directory with a
 * {@code config.json} is finished.
 */
public final class Pretraining {

    private static final String UNFINISHED = "unfinished";

    /** Longest utterance of a dialogue, tokens; nine in ten are shorter. */
    private static final int LONGEST_UTTERANCE = 32;

    /** Watches a run, from its thread. */
    public interface Watcher {

        /** Whether the run is to stop where it stands, to go on another time. */
        boolean stopRequested();

        /** Notes what is being prepared. */
        void note(String what);

        /** Notes where the run stands, now and then. */
        void progress(Progress progress);
    }

    private final PretrainingRequest request;
    private final Watcher watcher;
    private final LongSupplier nanos;
    private final Path unfinished;

    /** @param nanos a clock that only its differences matter of */
    public Pretraining(PretrainingRequest request, Watcher watcher, LongSupplier nanos) {
        this.request = request;
        this.watcher = watcher;
        this.nanos = nanos;
        this.unfinished = request.directory().resolve(UNFINISHED);
    }

    /** Whether a directory holds a run that can go on. */
    public static boolean isUnfinished(Path directory) {
        return Checkpoint.exists(directory.resolve(UNFINISHED));
    }

    /**
     * Starts a run, or goes on with the one that the directory holds.
     *
     * @throws ModelException if the directory holds a finished model, the corpus is too small, or the run that it holds was
     *     started with other settings
     * @throws IOException if a file cannot be read or written
     */
    public PretrainingReport run() throws IOException {
        if (Files.exists(request.directory().resolve(ModelConfig.FILE))) {
            throw new ModelException("%s holds a model already; name another directory".formatted(request.directory()));
        }
        Torch.start(request.settings().threads());
        @Nullable Checkpoint checkpoint = null;
        if (Checkpoint.exists(unfinished)) {
            checkpoint = Checkpoint.read(unfinished);
            checkpoint.requireSame(request.described());
        } else {
            initialise();
        }
        WordPieces pieces = WordPieces.read(unfinished.resolve("vocab.txt"));
        Vocabulary vocabulary = Vocabulary.of(pieces);
        watcher.note("tokenising the corpus");
        try (Tokenizer tokenizer = Tokenizer.open(unfinished, Integer.MAX_VALUE, vocabulary.size())) {
            PackedText text = packed(tokenizer, vocabulary);
            Dialogues dialogues = dialogues(tokenizer, vocabulary);
            Batches batches = new Batches(request.settings(), vocabulary, text, dialogues);
            return run(checkpoint, batches, text.tokens(), vocabulary.size());
        }
    }

    private void initialise() throws IOException {
        watcher.note("cutting the word pieces to the corpus");
        Path given = request.vocabulary();
        WordPieces whole = given == null ? WordPieces.bertBaseUncased() : WordPieces.read(given);
        List<Path> files = new ArrayList<>(request.corpus());
        request.dialogues().stream().filter(file -> !files.contains(file)).forEach(files::add);
        WordPieces cut = whole.cut(new Corpus(files).lines(), request.settings().pieces());
        Models.initialise(
                unfinished,
                request.settings().shape(),
                cut,
                Objective.MASKED_LM,
                request.settings().seed());
    }

    private PackedText packed(Tokenizer tokenizer, Vocabulary vocabulary) throws IOException {
        PackedText text = new PackedText(
                Texts.stream(new Corpus(request.corpus()), tokenizer),
                vocabulary,
                request.settings().batch().sequence());
        if (text.heldOutSequences() == 0) {
            throw new ModelException(
                    "the corpus has %d tokens; that is too little to train on some and hold some out: %d or more are needed"
                            .formatted(text.tokens(), PackedText.FEWEST * text.length()));
        }
        return text;
    }

    private @Nullable Dialogues dialogues(Tokenizer tokenizer, Vocabulary vocabulary) throws IOException {
        if (!request.settings().task().needsDialogues()) {
            return null;
        }
        Dialogues dialogues = Dialogues.read(new Corpus(request.dialogues()), tokenizer, vocabulary, LONGEST_UTTERANCE);
        if (dialogues.trainingPairs() == 0 || dialogues.heldOutPairs() == 0) {
            throw new ModelException(
                    "the dialogues give %d pairs to train on and %d to hold out; at least two dialogues of two utterances are needed, with a blank line between them"
                            .formatted(dialogues.trainingPairs(), dialogues.heldOutPairs()));
        }
        return dialogues;
    }

    private PretrainingReport run(@Nullable Checkpoint checkpoint, Batches batches, long corpusTokens, int pieces)
            throws IOException {
        PretrainingSettings settings = request.settings();
        PretrainingProgram program = PretrainingProgram.of(
                ModelConfig.read(unfinished),
                settings.task(),
                Torch.computesInBf16(settings.precision(), settings.device()));
        PretrainingReport report;
        try (TorchPretrainer trainer = trainer(program, checkpoint)) {
            Course course = new Course(settings, batches, trainer, watcher, nanos);
            Checkpoint last = course.run(
                    checkpoint == null ? new Checkpoint(0, 0, request.described()) : checkpoint, this::write);
            boolean finished = settings.budget().spent(last.step(), last.nanos()) >= 1;
            report = new PretrainingReport(
                    finished,
                    last.step(),
                    last.step() * batches.tokensOfAStep(),
                    corpusTokens,
                    pieces,
                    last.nanos(),
                    course.heldOut());
            if (finished) {
                new FinishedModel(request, unfinished).write(trainer, report);
            } else {
                write(last, trainer);
            }
        }
        return report;
    }

    private void write(Checkpoint checkpoint, TorchPretrainer trainer) throws IOException {
        try (var copy = trainer.copy()) {
            checkpoint.write(unfinished, copy);
        }
    }

    private TorchPretrainer trainer(PretrainingProgram program, @Nullable Checkpoint checkpoint) throws IOException {
        List<String> names = program.weights().stream().map(WeightSpec::name).toList();
        String device = request.settings().device();
        if (checkpoint == null) {
            double deviation = request.settings().deviation();
            List<HostTensor> fresh = program.weights().stream()
                    .map(spec -> FreshWeights.of(
                            spec, 0, deviation, request.settings().seed()))
                    .toList();
            return new TorchPretrainer(program.methods(), names, fresh, OptimizerState.FRESH, device);
        }
        try (CheckpointTensors saved = CheckpointTensors.open(checkpoint, unfinished)) {
            return new TorchPretrainer(program.methods(), names, saved.weights(program.weights()), saved, device);
        }
    }
}
