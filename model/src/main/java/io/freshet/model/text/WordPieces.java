package io.freshet.model.text;

import io.freshet.model.ModelException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * A list of word pieces as in {@code vocab.txt}: piece number n stands on line n, continuations begin with {@code ##}.
 *
 * @param pieces distinct, the five special tokens among them
 */
public record WordPieces(List<String> pieces) {

    /** The special tokens, in the order in which a cut list begins. */
    static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

    private static final String CONTINUATION = "##";

    public WordPieces {
        pieces = List.copyOf(pieces);
        Set<String> distinct = new HashSet<>(pieces);
        if (distinct.size() != pieces.size()) {
            throw new ModelException("the word piece list names a piece twice");
        }
        if (!distinct.containsAll(SPECIAL)) {
            throw new ModelException("the word piece list lacks one of " + SPECIAL);
        }
    }

    /** Reads a {@code vocab.txt}. */
    public static WordPieces read(Path file) throws IOException {
        return new WordPieces(Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    /** Returns the pieces of bert-base-uncased, which come with this library (Apache-2.0). */
    public static WordPieces bertBaseUncased() {
        try (InputStream in = WordPieces.class.getResourceAsStream("bert-base-uncased-vocab.txt.gz")) {
            if (in == null) {
                throw new ModelException("the bundled word pieces are missing from the jar; build it again");
            }
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
                return new WordPieces(lines.lines().toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Cuts the list to what some texts use.
     *
     * <p>Kept are the special tokens, every single character and its continuation, so that no word of known characters
     * becomes unknown, and the pieces of the texts, the most frequent first where not all fit. Texts whose pieces all fit
     * are tokenised as with the whole list, because the longest match among them is still there.
     *
     * @param largest most pieces to keep
     * @return in the order of this list, special tokens first
     * @throws ModelException if {@code largest} does not hold the special tokens and single characters
     */
    public WordPieces cut(Iterable<String> texts, int largest) {
        Set<String> kept = pieces.stream().filter(WordPieces::isSingle).collect(Collectors.toSet());
        kept.addAll(SPECIAL);
        if (kept.size() > largest) {
            throw new ModelException(
                    "a vocabulary of %d pieces does not hold the %d special tokens and single characters; allow more"
                            .formatted(largest, kept.size()));
        }
        Map<String, Integer> counts = count(texts);
        pieces.stream() // sorting is stable: equal counts stay in the order of the list
                .filter(piece -> counts.containsKey(piece) && !kept.contains(piece))
                .sorted((a, b) -> Integer.compare(counts.getOrDefault(b, 0), counts.getOrDefault(a, 0)))
                .limit(largest - kept.size())
                .toList()
                .forEach(kept::add);
        return new WordPieces(Stream.concat(
                        SPECIAL.stream(),
                        pieces.stream().filter(piece -> kept.contains(piece) && !SPECIAL.contains(piece)))
                .toList());
    }

    private Map<String, Integer> count(Iterable<String> texts) {
        Map<String, Integer> counts = new HashMap<>();
        try (Tokenizer tokenizer = Tokenizer.parse(
                "the word piece list",
                WordPieceTokenizerJson.of(this).getBytes(StandardCharsets.UTF_8),
                Integer.MAX_VALUE,
                pieces.size())) {
            for (String text : texts) {
                for (String piece : tokenizer.pieces(text)) {
                    counts.merge(piece, 1, Integer::sum);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory only
        }
        return counts;
    }

    private static boolean isSingle(String piece) {
        String rest = piece.startsWith(CONTINUATION) ? piece.substring(CONTINUATION.length()) : piece;
        return rest.codePointCount(0, rest.length()) == 1;
    }
}
