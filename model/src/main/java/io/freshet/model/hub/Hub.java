package io.freshet.model.hub;

import io.freshet.model.ModelException;
import io.freshet.model.tensor.ShardIndex;
import io.freshet.model.tensor.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** A Hugging Face hub, from which models are fetched. */
public final class Hub {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LONGEST_LISTING = 32 << 20;

    private final HubHttp http;
    private final Retries retries;
    private final Attempts.Pause pause;

    public Hub(HubAccess access) {
        this(access, PATIENCE, Retries.DEFAULTS, duration -> TimeUnit.MILLISECONDS.sleep(duration.toMillis()));
    }

    /** @param patience longest wait for an answer or for its next bytes */
    Hub(HubAccess access, Duration patience, Retries retries, Attempts.Pause pause) {
        this.http = new HubHttp(access, patience);
        this.retries = retries;
        this.pause = pause;
    }

    /**
     * Fetches a model: configuration, tokenizer, safetensors weights. The revision is resolved once, and everything is of
     * that commit. What is in {@code directory} with the right hash is kept, and parts of files are continued.
     * {@code config.json} comes last, so that a directory that has it has everything.
     *
     * @param directory made if it is not there
     * @throws HubException if the model cannot be had, saying what to do
     * @throws IOException if the directory cannot be written
     */
    public Pulled pull(HubModel model, Path directory, PullProgress progress) throws IOException, InterruptedException {
        Listing listing = listing(model, progress);
        Selection selection = Selection.of(model, listing);
        Pull pull = new Pull(model, listing, Destination.open(directory), progress);
        Set<String> names = new LinkedHashSet<>(selection.companions());
        names.add(selection.weights());
        if (selection.weights().equals(WeightFiles.INDEX)) {
            pull.fetch(List.of(WeightFiles.INDEX));
            names.addAll(shards(directory.resolve(WeightFiles.INDEX)));
        }
        names.add(Selection.CONFIG);
        pull.requireNoOtherWeights(names);
        return pull.fetch(names);
    }

    private Listing listing(HubModel model, PullProgress progress) throws IOException, InterruptedException {
        String path = "/api/models/%s/revision/%s?blobs=true".formatted(model.id(), model.revisionSegment());
        byte[] json = Attempts.of(retries, pause, progress, attempts -> {
            try (Answer answer = http.get(http.address(path), Map.of("Accept", "application/json"), model)) {
                return answer.bytes(LONGEST_LISTING);
            }
        });
        return Listing.parse(model, json);
    }

    private static Set<String> shards(Path index) throws IOException {
        try {
            return new TreeSet<>(ShardIndex.read(index).shards().values());
        } catch (ModelException e) {
            Files.deleteIfExists(index); // it would be in the way of another revision
            throw new HubException(e.getMessage() + "; take another revision", e);
        }
    }

    /** One call. */
    private final class Pull {

        private final HubModel model;
        private final Listing listing;
        private final Destination destination;
        private final PullProgress progress;
        private final Set<String> fetched = new LinkedHashSet<>();

        Pull(HubModel model, Listing listing, Destination destination, PullProgress progress) {
            this.model = model;
            this.listing = listing;
            this.destination = destination;
            this.progress = progress;
        }

        void requireNoOtherWeights(Set<String> names) throws IOException {
            destination.requireNoWeightsBut(names);
        }

        /** Fetches what is not there, in order. */
        Pulled fetch(Collection<String> names) throws IOException, InterruptedException {
            Work work = Work.plan(listing, destination, names);
            destination.requireRoom(work.toFetch());
            long done = work.bytes() - work.bytesToFetch();
            for (RemoteFile file : work.toFetch()) {
                fetch(file, done, work.bytes());
                fetched.add(file.name());
                done += file.size();
            }
            Set<String> kept = new LinkedHashSet<>(names);
            kept.removeAll(fetched);
            return new Pulled(listing.commit(), List.copyOf(fetched), List.copyOf(kept), work.bytes());
        }

        private void fetch(RemoteFile file, long before, long total) throws IOException, InterruptedException {
            Transfer transfer = new Transfer(http, model, listing.commit(), file);
            try (PartFile part = PartFile.open(destination.path(), file)) {
                progress.at(file.name(), before + part.length(), total);
                Attempts.of(retries, pause, progress, attempts -> {
                    if (!part.complete()) {
                        transfer.run(part, length -> {
                            attempts.reached(length);
                            progress.at(file.name(), before + length, total);
                        });
                    }
                    return part.publish();
                });
            }
        }
    }
}
