package io.freshet.model;

import io.freshet.model.arch.Family;
import io.freshet.model.tensor.HostTensor;
import io.freshet.model.tensor.StoredType;
import io.freshet.model.text.Tokenizer;
import io.freshet.model.torch.TorchModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The body of a model, as it is for good: gives features of texts and can be written again. */
public final class FeatureEncoder extends LoadedTextModel {

    private final TorchModel model;
    private final List<String> names;
    private final Family family;
    private final ModelWriter writer;

    FeatureEncoder(TorchModel model, Tokenizer tokenizer, LoadedDirectory directory) {
        super(model, tokenizer, directory);
        this.model = model;
        this.names = directory.weightNames();
        this.family = directory.family();
        this.writer = directory.writer();
    }

    /** Returns the number of features of a text. */
    public int width() {
        return features(List.of(encode(TextInput.of("a")))).get(0).length;
    }

    /** Writes the body as a Hugging Face directory without labels. The same body always gives the same bytes. */
    public void write(Path directory) throws IOException {
        List<HostTensor> body = model.hostWeights(names).stream()
                .filter(weight -> !family.isOfHead(weight.name()))
                .toList();
        writer.write(directory, body, List.of(), StoredType.FLOAT32);
    }
}
