package io.freshet.model.arch;

import io.freshet.model.Objective;
import io.freshet.model.config.ModelConfig;
import io.freshet.model.tensor.TensorShape;
import java.util.ArrayList;
import java.util.List;

/**
 * The program that pretrains an encoder, and the weights it is called with: the masked language model of its family, and
 * beside it what the task needs.
 *
 * <p>Its methods are {@code pretraining(ps, in, dropout)}, which gives losses, their gradients' global norm, and the
 * gradients; {@code losses(ps, in)}; and {@code step(ps, gs, m, v, st, clip, lr, wd)}. {@code in} is the list of the task's tensors:
 *
 * <ul>
 *   <li>masked-LM: token ids with masks, int64 (rows, tokens), without padding; the places of masks in the flattened ids,
 *       int64 (n); the tokens that stood there, int64 (n);
 *   <li>replaced tokens: the same, then the ids without masks;
 *   <li>responses: as masked-LM, then padded utterances followed by as many responses, int64 (2 * pairs, tokens), where
 *       these are tokens, bool of that shape, and which responses are not to be told from each other, bool (pairs, pairs).
 * </ul>
 *
 * The losses are the one that is minimised, then its parts where it has several; nats.
 *
 * @param methods TorchScript
 * @param weights in the order in which the program takes them
 */
public record PretrainingProgram(String methods, List<WeightSpec> weights) {

    /** What the names of weights begin with that are of no use after pretraining. */
    public static final String DISCARDED = "pretraining.";

    private static final String POOLER = "bert.pooler.dense";
    private static final String RESPONSE = DISCARDED + "response";
    private static final String DETECTOR = DISCARDED + "detector.dense";
    private static final String DETECTION = DISCARDED + "detector.out";

    /** Weight of the detector's loss beside the generator's, as ELECTRA has it. */
    private static final double DETECTION_WEIGHT = 50;

    /** Inverse temperature of the softmax over responses. */
    private static final double SHARPNESS = 20;

    public PretrainingProgram {
        weights = List.copyOf(weights);
    }

    /**
     * Writes the program of a BERT.
     *
     * @param bf16 whether to compute in bfloat16; weights, losses and gradients are float32 in any case
     */
    public static PretrainingProgram of(ModelConfig config, PretrainingTask task, boolean bf16) {
        Family family = Families.of(config);
        ModelProgram masked = family.program(config, new Blueprint(Objective.MASKED_LM, bf16, Adapters.NONE));
        List<WeightSpec> weights = new ArrayList<>(masked.weights());
        weights.addAll(extra(task, config.count("hidden_size")));
        Names names = new Names(weights, bf16);
        String loss = switch (task) {
            case MASKED_LM -> maskedTokens("pretrained");
            case REPLACED_TOKENS -> replacedTokens(names, config.count("num_hidden_layers"));
            case RESPONSES -> maskedTokens("masked_tokens") + responses(names);
        };
        return new PretrainingProgram(masked.network() + loss + gradients() + update(weights), weights);
    }

    private static List<WeightSpec> extra(PretrainingTask task, long width) {
        return switch (task) {
            case MASKED_LM -> List.of();
            case REPLACED_TOKENS ->
                List.of(
                        matrix(DETECTOR, width, width),
                        matrix(DETECTION, 1, width),
                        bias(DETECTOR, width),
                        bias(DETECTION, 1));
            case RESPONSES ->
                List.of(
                        matrix(POOLER, width, width),
                        matrix(RESPONSE, width, width),
                        bias(POOLER, width),
                        bias(RESPONSE, width));
        };
    }

    private static WeightSpec matrix(String name, long out, long in) {
        return new WeightSpec(name + ".weight", TensorShape.of(out, in), Initial.NORMAL, -1, true, false, false);
    }

    private static WeightSpec bias(String name, long size) {
        return new WeightSpec(name + ".bias", TensorShape.of(size), Initial.ZERO, -1, false, false, false);
    }

    /** Writes weights by name. */
    private record Names(List<WeightSpec> weights, boolean bf16) {

        String linear(String x, String name) {
            return "torch.linear(%s, %s, %s)".formatted(x, of(name + ".weight"), of(name + ".bias"));
        }

        private String of(String name) {
            for (int i = 0; i < weights.size(); i++) {
                if (weights.get(i).name().equals(name)) {
                    return (bf16 ? "torch.to(ps[%d], 15)" : "ps[%d]").formatted(i);
                }
            }
            throw new IllegalArgumentException("no weight '%s'".formatted(name));
        }
    }

    private static String maskedTokens(String name) {
        return """
          def %s(self, ps: List[Tensor], inputs: List[Tensor], dropout: bool) -> List[Tensor]:
            ids = inputs[0]
            present = torch.ge(ids, 0)
            hs = (self).encode(ps, ids, torch.zeros_like(ids), present, dropout, )
            rows = torch.index_select(torch.flatten(hs[-1], 0, 1), 0, inputs[1])
            x = (self).head(ps, rows, present, dropout, )
            return [torch.cross_entropy_loss(x, inputs[2], None, 1, -100, 0.)]
        """.formatted(name);
    }

    /** The generator is the encoder up to the middle layer with the head for masked tokens: it shares every weight. */
    private static String replacedTokens(Names names, int layers) {
        return """
          def pretrained(self, ps: List[Tensor], inputs: List[Tensor], dropout: bool) -> List[Tensor]:
            whole = inputs[3]
            types = torch.zeros_like(whole)
            present = torch.ge(whole, 0)
            hs = (self).encode(ps, inputs[0], types, present, dropout, )
            rows = torch.index_select(torch.flatten(hs[%d], 0, 1), 0, inputs[1])
            x = (self).head(ps, rows, present, dropout, )
            generation = torch.cross_entropy_loss(x, inputs[2], None, 1, -100, 0.)
            drawn = torch.squeeze(torch.multinomial(torch.softmax(torch.detach(x), -1), 1), 1)
            flat = torch.flatten(whole)
            changed = torch.index_copy(flat, 0, inputs[1], drawn)
            ds = (self).encode(ps, torch.reshape(changed, [torch.size(whole, 0), torch.size(whole, 1)]), types, present, dropout, )
            y = torch.gelu(%s)
            z = torch.flatten(torch.to(%s, 6))
            replaced = torch.to(torch.ne(changed, flat), 6)
            detection = torch.binary_cross_entropy_with_logits(z, replaced, None, None, 1)
            return [torch.add(generation, torch.mul(detection, %s)), generation, detection]
        """.formatted(
                        Math.max(1, layers / 2),
                        names.linear("ds[-1]", DETECTOR),
                        names.linear("y", DETECTION),
                        DETECTION_WEIGHT);
    }

    /**
     * Cosines of pooled utterances and projected responses, both centred over the batch: before anything is learned all
     * texts point the same way, and cosines of that have next to no gradient.
     */
    private static String responses(Names names) {
        return """
          def centred(self, x: Tensor) -> Tensor:
            y = torch.sub(x, torch.mean(x, [0], True))
            return torch.div(y, torch.add(torch.linalg_vector_norm(y, 2, [-1], True), 9.9999999999999995e-07))
          def pretrained(self, ps: List[Tensor], inputs: List[Tensor], dropout: bool) -> List[Tensor]:
            words = (self).masked_tokens(ps, inputs, dropout, )[0]
            hs = (self).encode(ps, inputs[3], torch.zeros_like(inputs[3]), inputs[4], dropout, )
            pooled = torch.tanh(%s)
            n = torch.floordiv(torch.size(pooled, 0), 2)
            said = torch.slice(pooled, 0, 0, n, 1)
            answered = torch.slice(pooled, 0, n, 9223372036854775807, 1)
            x = (self).centred(torch.to(said, 6), )
            y = (self).centred(torch.to(%s, 6), )
            cosines = torch.matmul(x, torch.transpose(y, 0, 1))
            scores = torch.masked_fill(torch.mul(cosines, %s), inputs[5], -10000.)
            truth = torch.sub(torch.cumsum(torch.ones_like(torch.slice(torch.select(inputs[3], 1, 0), 0, 0, n, 1)), 0), 1)
            there = torch.cross_entropy_loss(scores, truth, None, 1, -100, 0.)
            back = torch.cross_entropy_loss(torch.transpose(scores, 0, 1), truth, None, 1, -100, 0.)
            matching = torch.mul(torch.add(there, back), 0.5)
            return [torch.add(words, matching), words, matching]
        """.formatted(
                names.linear("torch.select(hs[-1], 1, 0)", POOLER), names.linear("answered", RESPONSE), SHARPNESS);
    }

    private static String gradients() {
        return """
          def pretraining(self, ps: List[Tensor], inputs: List[Tensor], dropout: bool) -> Tuple[Tensor, float, List[Tensor]]:
            losses = (self).pretrained(ps, inputs, dropout, )
            found = torch.autograd.grad([losses[0]], ps, None, None, False, True)
            gs = annotate(List[Tensor], [])
            for i in range(torch.len(ps)):
              g = found[i]
              if torch.__isnot__(g, None):
                _0 = torch.append(gs, unchecked_cast(Tensor, g))
              else:
                _1 = torch.append(gs, torch.zeros_like(ps[i]))
            norm = torch.linalg_vector_norm(torch.stack(torch._foreach_norm(gs, 2)))
            return (torch.detach(torch.stack(losses)), float(torch.item(norm)), gs)
          def losses(self, ps: List[Tensor], inputs: List[Tensor]) -> Tensor:
            return torch.stack((self).pretrained(ps, inputs, False, ))
        """;
    }

    /** AdamW as for pretraining at large: a shorter memory of squares than PyTorch's default, and a larger eps. */
    private static String update(List<WeightSpec> weights) {
        StringBuilder text = new StringBuilder("""
                  def group(self, ts: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], lr: float, wd: float) -> int:
                    torch._foreach_add_(st, 1)
                    torch._fused_adamw_(ts, gs, m, v, annotate(List[Tensor], []), st, lr=lr, beta1=0.90000000000000002, beta2=0.97999999999999998, weight_decay=wd, eps=9.9999999999999995e-07, amsgrad=False, maximize=False)
                    return 0
                  def step(self, ts: List[Tensor], gs: List[Tensor], m: List[Tensor], v: List[Tensor], st: List[Tensor], clip: float, lr: float, wd: float) -> int:
                    torch._foreach_mul_(gs, clip)
                """);
        int begin = 0;
        for (int i = 1; i <= weights.size(); i++) {
            if (i == weights.size()
                    || weights.get(i).decays() != weights.get(begin).decays()) {
                text.append("    n%1$d = (self).group(%2$s, lr, %3$s, )\n"
                        .formatted(begin, slices(begin, i), weights.get(begin).decays() ? "wd" : "0."));
                begin = i;
            }
        }
        return text.append("    return 0\n").toString();
    }

    private static String slices(int begin, int end) {
        List<String> slices = new ArrayList<>();
        for (String list : List.of("ts", "gs", "m", "v", "st")) {
            slices.add("torch.slice(%s, %d, %d, 1)".formatted(list, begin, end));
        }
        return String.join(", ", slices);
    }
}
