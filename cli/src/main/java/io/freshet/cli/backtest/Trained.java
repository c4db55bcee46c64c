package io.freshet.cli.backtest;

import io.freshet.cli.services.Workspace;
import io.freshet.model.Answer;
import io.freshet.model.tensor.SafeTensorsFile;
import io.freshet.model.torch.OptimizerState;
import io.freshet.trainer.OfflinePass;
import io.freshet.trainer.OfflinePass.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The trainer with a strategy. */
final class Trained implements Contestant {

    private static final String OPTIMIZER = "optimizer.safetensors";

    /** Every trainer has these, whatever its strategy. */
    private static final Set<String> COMMON = Set.of("state.json", OPTIMIZER);

    private final OfflinePass pass;

    Trained(Path model, Map<String, String> settings) {
        pass = OfflinePass.start(model, settings);
    }

    @Override
    public int atOnce() {
        return pass.atOnce();
    }

    @Override
    public long learn(List<Labelled> texts) {
        return pass.learn(texts);
    }

    @Override
    public List<Reply> replies(List<Labelled> texts) {
        List<Answer> answers = pass.answers(texts);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            replies.add(Reply.of(
                    answers.get(i).labels(),
                    answers.get(i).probabilities(),
                    texts.get(i).label()));
        }
        return replies;
    }

    @Override
    public List<String> labels() {
        return pass.labels();
    }

    @Override
    public long memoryBytes() throws IOException {
        try (Workspace scratch = Workspace.open(null)) {
            pass.writeState(scratch.directory());
            long sum = heldWeights(scratch.directory().resolve(OPTIMIZER));
            try (Stream<Path> files = Files.walk(scratch.directory())) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    boolean own = Files.isRegularFile(file)
                            && !COMMON.contains(file.getFileName().toString());
                    sum += own ? Files.size(file) : 0;
                }
            }
            return sum;
        }
    }

    /** Returns the size of what a strategy holds the weights to, which the optimizer's file has beside its moments. */
    private static long heldWeights(Path file) throws IOException {
        try (SafeTensorsFile tensors = SafeTensorsFile.open(file)) {
            return tensors.names().stream()
                    .filter(name -> name.startsWith(OptimizerState.HELD) || name.startsWith(OptimizerState.IMPORTANCE))
                    .mapToLong(name -> tensors.shape(name).size() * Float.BYTES)
                    .sum();
        }
    }

    @Override
    public void close() {
        pass.close();
    }
}
