package io.freshet.client;

import io.freshet.schemas.LabeledExample;
import io.freshet.schemas.TextInput;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** An example in the making, from {@link ExampleProducer#example}. Not thread-safe. */
public final class ExampleDraft {

    private final ExampleProducer producer;
    private final TextInput.Builder input;
    private final LabeledExample.Builder example;
    private final Map<String, String> attributes = new TreeMap<>();

    ExampleDraft(ExampleProducer producer, String text, Instant now) {
        this.producer = producer;
        this.input = TextInput.newBuilder().setText(text);
        this.example =
                LabeledExample.newBuilder().setId(UUID.randomUUID().toString()).setEventTime(now);
    }

    /**
     * Names the example; a random name where this is not called. Give a name that the example keeps, so that sending it
     * again after a crash does not make it count twice.
     */
    public ExampleDraft id(String value) {
        example.setId(value);
        return this;
    }

    /** Sets the label's name; leave it out where it is not known. */
    public ExampleDraft label(String value) {
        example.setLabel(value);
        return this;
    }

    /** Sets the second text of a pair task. */
    public ExampleDraft textPair(String value) {
        input.setTextPair(value);
        return this;
    }

    /** Sets the entity, such as a customer, whose examples all stay on one side of the held-out split. */
    public ExampleDraft group(String value) {
        example.setGroup(value);
        return this;
    }

    /** Sets the domain the example belongs to. */
    public ExampleDraft task(String value) {
        example.setTask(value);
        return this;
    }

    /** Sets who produced the example. */
    public ExampleDraft source(String value) {
        example.setSource(value);
        return this;
    }

    /** Adds a slice the example belongs to. */
    public ExampleDraft attribute(String name, String value) {
        attributes.put(name, value);
        return this;
    }

    /** Sets when the example arose; now, where this is not called. */
    public ExampleDraft eventTime(Instant value) {
        example.setEventTime(value);
        return this;
    }

    /** Sets the weight in the loss, finite, not negative; 1 where this is not called. */
    public ExampleDraft weight(double value) {
        example.setWeight(value);
        return this;
    }

    /** Returns the record, for sending it later or again. */
    public LabeledExample build() {
        return example.setInput(input.build())
                .setAttributes(new TreeMap<>(attributes))
                .build();
    }

    /** As {@link ExampleProducer#send(LabeledExample)}. */
    public CompletableFuture<SentExample> send() {
        return producer.send(build());
    }
}
