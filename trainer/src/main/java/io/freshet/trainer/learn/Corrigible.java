package io.freshet.trainer.learn;

import io.freshet.model.EncodedText;
import io.freshet.model.TextInput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The latest examples learned from, by id, so that what was learned of one can be taken back. An older one is forgotten
 * here, and a correction of it is learned from beside it.
 */
final class Corrigible {

    static final String NAME = "discriminant.jsonl";

    private final int most;
    private final Map<String, Learnable> byId = new LinkedHashMap<>();

    /** @param most how many examples are kept; 0 for none */
    Corrigible(int most) {
        this.most = most;
    }

    static Corrigible read(int most, Path directory, Function<TextInput, EncodedText> tokenizer) throws IOException {
        Corrigible read = new Corrigible(most);
        ReplayFile.read(directory.resolve(NAME), tokenizer)
                .kept()
                .forEach(kept -> read.byId.put(kept.example().id(), kept.example()));
        read.trim();
        return read;
    }

    /** Keeps an example as the latest. Returns what was kept of its id. */
    Optional<Learnable> put(Learnable example) {
        Optional<Learnable> earlier = remove(example.id());
        byId.put(example.id(), example);
        trim();
        return earlier;
    }

    /** Keeps nothing of an id any more. Returns what was. */
    Optional<Learnable> remove(String id) {
        return Optional.ofNullable(byId.remove(id));
    }

    private void trim() {
        var oldest = byId.keySet().iterator();
        while (byId.size() > most) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Multiplies the weights of all by a share of their label's. */
    void fade(ToDoubleFunction<String> keep) {
        byId.replaceAll((id, example) -> new Learnable(
                id,
                example.input(),
                example.label(),
                example.weight() * keep.applyAsDouble(String.valueOf(example.label())),
                example.encoded()));
    }

    /** Returns everything as it is now, to be written as {@value #NAME}. */
    ReplayFile file() {
        List<Kept> kept = new ArrayList<>();
        byId.values().forEach(example -> kept.add(new Kept(example, 0, new float[0])));
        return new ReplayFile(kept.size(), 0, List.of(), kept);
    }
}
