#!/usr/bin/env python3
"""Publishes labelled examples to Freshet from Python.

Reads JSON lines {"id", "text", "label", "group"?, "task"?, "source"?, "attributes"?, "time"?, "weight"?} from --input
(a file, or - for standard input), or makes --generate N of them, and sends each as a LabeledExample record in Confluent's
wire format. Needs confluent-kafka, avro and requests; on Debian: python3-confluent-kafka python3-avro python3-requests.
"""

import argparse
import datetime
import io
import json
import pathlib
import struct
import sys

import avro.io
import avro.schema
from confluent_kafka import Producer
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient, SchemaRegistryError

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = REPOSITORY / "schemas/src/main/avro/LabeledExample.avsc"
INTENTS = {
    "card_arrival": "where is my card {}",
    "exchange_rate": "what is the exchange rate for {} euros",
    "top_up_failed": "my top up of {} did not work",
}


class ExampleEncoder:
    """Turns a LabeledExample, as a dictionary, into a record value: a zero byte, the schema's id, the Avro body."""

    def __init__(self, registry_url, topic, schema_text):
        client = SchemaRegistryClient({"url": registry_url})
        subject = topic + "-value"
        hold_to_compatibility(client, subject)
        self.header = struct.pack(">bI", 0, client.register_schema(subject, Schema(schema_text, "AVRO")))
        self.writer = avro.io.DatumWriter(avro.schema.parse(schema_text))

    def encode(self, example):
        out = io.BytesIO()
        out.write(self.header)
        self.writer.write(example, avro.io.BinaryEncoder(out))
        return out.getvalue()


def hold_to_compatibility(client, subject):
    """As all of Freshet does: unless somebody chose otherwise, every version must read and be read by all others."""
    try:
        client.get_compatibility(subject)
    except SchemaRegistryError as error:
        if error.http_status_code != 404:
            raise
        client.set_compatibility(subject, "FULL_TRANSITIVE")


def example_of(line, source):
    """A LabeledExample from one line's object; absent fields take the schema's defaults."""
    return {
        "id": line["id"],
        "input": {"text": line["text"], "textPair": line.get("textPair")},
        "label": line.get("label"),
        "group": line.get("group"),
        "task": line.get("task"),
        "source": line.get("source", source),
        "attributes": line.get("attributes") or {},
        "eventTime": time_of(line.get("time")),
        "weight": float(line.get("weight", 1.0)),
        "correction": False,  # ingest says what corrects
    }


def time_of(value):
    """Milliseconds since the epoch or ISO-8601; now if it is absent."""
    if value is None:
        return datetime.datetime.now(datetime.timezone.utc)
    if isinstance(value, int):
        return datetime.datetime.fromtimestamp(value / 1000, datetime.timezone.utc)
    return datetime.datetime.fromisoformat(value.replace("Z", "+00:00"))


def generated(count):
    names = list(INTENTS)
    for number in range(count):
        label = names[number % len(names)]
        yield {"id": f"python-{number}", "text": INTENTS[label].format(number), "label": label}


def lines_of(path):
    with sys.stdin if path == "-" else open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except json.JSONDecodeError as error:
                    sys.exit(f"{path}:{number}: not JSON: {error}")


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap", required=True, help="Kafka brokers, host:port, separated by commas")
    parser.add_argument("--registry", required=True, help="URL of the schema registry")
    parser.add_argument("--topic", default="freshet.examples", help="topic to publish to (default: %(default)s)")
    parser.add_argument("--schema", default=SCHEMA, help="LabeledExample.avsc (default: the repository's)")
    parser.add_argument("--source", default="python", help="who the examples come from (default: %(default)s)")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--input", metavar="FILE", help="JSON lines to publish; - for standard input")
    what.add_argument("--generate", metavar="N", type=int, help="publish N made-up examples")
    return parser.parse_args()


def main():
    arguments = parse_arguments()
    encoder = ExampleEncoder(arguments.registry, arguments.topic, pathlib.Path(arguments.schema).read_text("utf-8"))
    failures = []

    def delivered(error, message):
        if error is not None:
            failures.append(f"{message.key().decode()}: {error}")

    producer = Producer({"bootstrap.servers": arguments.bootstrap, "enable.idempotence": True})
    lines = generated(arguments.generate) if arguments.input is None else lines_of(arguments.input)
    published = 0
    for line in lines:
        example = example_of(line, arguments.source)
        while True:
            try:
                producer.produce(arguments.topic, encoder.encode(example), example["id"], on_delivery=delivered)
                break
            except BufferError:  # the queue is full: let it drain
                producer.poll(1)
        producer.poll(0)
        published += 1
    left = producer.flush(60)
    if failures or left:
        sys.exit("\n".join(failures + ([f"{left} examples were not delivered in time"] if left else [])))
    print(f"published {published} examples to {arguments.topic}")


if __name__ == "__main__":
    main()
