package io.freshet.bench.step;

import io.freshet.bench.batch.Order;
import io.freshet.bench.figures.Ratio;
import io.freshet.bench.figures.Spread;
import io.freshet.model.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** The laps of one model's tracks into figures and ratios. */
final class Comparison {

    /** What batches of like length are meant to gain over batches in order of arrival, in real tokens a second. */
    private static final double SORTING_TARGET = 1.5;

    private final Subject subject;
    private final List<Track> tracks;

    Comparison(Subject subject, List<Track> tracks) {
        this.subject = subject;
        this.tracks = List.copyOf(tracks);
    }

    List<StepReport.Figures> figures() {
        return tracks.stream().map(this::figures).toList();
    }

    private StepReport.Figures figures(Track track) {
        return new StepReport.Figures(
                subject.name(),
                track.contestant().precision().key(),
                track.contestant().name(),
                track.batches().order().title(),
                track.batches().padding(),
                track.laps().get(0).steps(),
                Spread.of(each(track, Lap::examplesPerSecond)),
                Spread.of(each(track, Lap::tokensPerSecond)),
                new StepReport.Milliseconds(
                        milliseconds(track, StepSeconds::total),
                        milliseconds(track, StepSeconds::data),
                        milliseconds(track, StepSeconds::forward),
                        milliseconds(track, StepSeconds::backward),
                        milliseconds(track, StepSeconds::optimizer)));
    }

    private static double milliseconds(Track track, ToDoubleFunction<StepSeconds> part) {
        return Spread.of(each(track, lap -> 1000 * part.applyAsDouble(lap.seconds()) / lap.steps()))
                .median();
    }

    List<Ratio> ratios() {
        List<Ratio> ratios = new ArrayList<>();
        for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
            Track sorted = find(Freshet.NAME, precision, Order.SORTED);
            Track arrival = find(Freshet.NAME, precision, Order.ARRIVAL);
            Track torchSorted = find(PyTorch.NAME, precision, Order.SORTED);
            Track torchArrival = find(PyTorch.NAME, precision, Order.ARRIVAL);
            add(ratios, precision, "whole step by PyTorch's, equal batches", sorted, torchSorted, subject.target());
            add(ratios, precision, "whole step by PyTorch's, arrival order", arrival, torchArrival, subject.target());
            addTokens(ratios, precision, "real tokens/s, sorted windows by arrival order", sorted, arrival);
            addTokens(
                    ratios,
                    precision,
                    "real tokens/s, sorted windows by PyTorch's arrival order",
                    sorted,
                    torchArrival);
            addParts(ratios, precision, sorted, torchSorted);
        }
        Track bf16 = find(Freshet.NAME, Precision.BF16, Order.SORTED);
        Track fp32 = find(Freshet.NAME, Precision.FP32, Order.SORTED);
        if (bf16 != null && fp32 != null) {
            ratios.add(ratio("steps, bf16 by fp32", bf16, fp32, Lap::stepsPerSecond, null));
        }
        return ratios;
    }

    private void add(
            List<Ratio> ratios,
            Precision precision,
            String what,
            @Nullable Track one,
            @Nullable Track other,
            double target) {
        if (one != null && other != null) {
            ratios.add(ratio(precision.key() + " " + what, one, other, Lap::stepsPerSecond, target));
        }
    }

    private void addTokens(
            List<Ratio> ratios, Precision precision, String what, @Nullable Track one, @Nullable Track other) {
        if (one != null && other != null) {
            ratios.add(ratio(precision.key() + " " + what, one, other, Lap::tokensPerSecond, SORTING_TARGET));
        }
    }

    private void addParts(List<Ratio> ratios, Precision precision, @Nullable Track one, @Nullable Track other) {
        if (one == null || other == null) {
            return;
        }
        String prefix = precision.key() + " part of the step by PyTorch's: ";
        ratios.add(ratio(prefix + "data", one, other, lap -> 1 / lap.seconds().data(), null));
        ratios.add(
                ratio(prefix + "forward", one, other, lap -> 1 / lap.seconds().forward(), null));
        ratios.add(
                ratio(prefix + "backward", one, other, lap -> 1 / lap.seconds().backward(), null));
        ratios.add(
                ratio(prefix + "optimizer", one, other, lap -> 1 / lap.seconds().optimizer(), null));
    }

    private Ratio ratio(String what, Track one, Track other, ToDoubleFunction<Lap> speed, @Nullable Double target) {
        return Ratio.of(subject.name() + " " + what, each(one, speed), each(other, speed), target);
    }

    private @Nullable Track find(String contestant, Precision precision, Order order) {
        return tracks.stream()
                .filter(track -> track.contestant().name().equals(contestant)
                        && track.contestant().precision() == precision
                        && track.batches().order() == order)
                .findFirst()
                .orElse(null);
    }

    private static List<Double> each(Track track, ToDoubleFunction<Lap> value) {
        return track.laps().stream().map(lap -> value.applyAsDouble(lap)).toList();
    }
}
