package io.freshet.model.hub;

import io.freshet.model.tensor.WeightFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Which files of a repository make a model: configuration, tokenizer and safetensors weights; never a pickle, whose
 * reading runs code, and never a program.
 *
 * @param companions files beside weights and {@code config.json}, in order
 * @param weights {@code model.safetensors} or the index of its shards
 */
record Selection(List<String> companions, String weights) {

    static final String CONFIG = "config.json";

    private static final List<String> COMPANIONS = List.of(
            "generation_config.json",
            "tokenizer.json",
            "tokenizer_config.json",
            "tokenizer.model",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt");

    private static final List<String> PICKLES = List.of(".bin", ".pt", ".pth", ".ckpt", ".pkl", ".pickle");

    /**
     * Chooses.
     *
     * @throws HubException if the repository has no weights that can be read, or no configuration
     */
    static Selection of(HubModel model, Listing listing) throws HubException {
        String weights = weights(model, listing);
        if (!listing.has(CONFIG)) {
            throw new HubException("%s has no %s, so it is not a model that transformers loads; fetch another"
                    .formatted(model, CONFIG));
        }
        return new Selection(COMPANIONS.stream().filter(listing::has).toList(), weights);
    }

    private static String weights(HubModel model, Listing listing) throws HubException {
        for (String name : List.of(WeightFiles.SINGLE, WeightFiles.INDEX)) {
            if (listing.has(name)) {
                return name;
            }
        }
        if (listing.has("adapter_model.safetensors")) {
            throw new HubException(
                    "%s holds an adapter, not a model; fetch the model that its adapter_config.json names as its base"
                            .formatted(model));
        }
        List<String> pickles = new ArrayList<>();
        for (String name : listing.files().keySet()) {
            if (PICKLES.stream().anyMatch(name.toLowerCase(Locale.ROOT)::endsWith)) {
                pickles.add(name);
            }
        }
        if (pickles.isEmpty()) {
            throw new HubException("%s has neither %s nor %s; fetch a revision that has"
                    .formatted(model, WeightFiles.SINGLE, WeightFiles.INDEX));
        }
        throw new HubException(
                ("%s has no safetensors weights, only %s; pickle files are never fetched, because reading one runs code in it."
                                + " Take a revision with safetensors (the hub's converter offers one as a pull request:"
                                + " %s@refs/pr/N), or convert the model where it is trusted, with save_pretrained")
                        .formatted(
                                model, String.join(", ", pickles.subList(0, Math.min(3, pickles.size()))), model.id()));
    }
}
