package io.freshet.model.pretrain;

import io.freshet.model.ModelShape;
import java.io.IOException;

/** Writes a model's card as the Hugging Face hub reads it: what it is, what it was made from and how. */
final class ModelCard {

    private ModelCard() {}

    static String of(PretrainingRequest request, PretrainingReport report) throws IOException {
        ModelShape shape = request.settings().shape();
        StringBuilder card = new StringBuilder("""
                ---
                license: %s
                library_name: transformers
                pipeline_tag: fill-mask
                tags:
                - bert
                - freshet
                ---

                # A BERT of %d layers, %d wide

                Pretrained by `freshet pretrain` with the objective %s. It has %,d word pieces, lower case, and reads up to %d
                tokens. It is small and knows little: a start for fine-tuning on short texts, not a model to be asked.

                ## How it was made

                | setting | value |
                |---|---|
                """.formatted(
                        request.license(),
                        shape.layers(),
                        shape.hidden(),
                        request.settings().task().key(),
                        report.pieces(),
                        shape.maxPositions()));
        request.described().forEach((key, value) -> card.append("| %s | %s |\n".formatted(key, value)));
        return card.append("""

                ## What it came to

                | figure | value |
                |---|---|
                | tokens of the corpus | %,d |
                | steps | %,d |
                | tokens seen | %,d |
                | minutes | %.1f |
                | loss on held-out text, nats | %s |

                ## Licence

                The weights are under `%s`, as whoever pretrained them stated. They were learned from the data above, whose own
                licences apply to it.
                """.formatted(
                                report.corpusTokens(),
                                report.steps(),
                                report.tokens(),
                                report.nanos() / 60e9,
                                Progress.losses(report.heldOut()),
                                request.license()))
                .toString();
    }
}
