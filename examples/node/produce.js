#!/usr/bin/env node
// Publishes labelled examples to Freshet from Node.js.
//
// Reads JSON lines {"id", "text", "label", "group"?, "task"?, "source"?, "attributes"?, "time"?, "weight"?} from --input
// (a file, or - for standard input), or makes --generate N of them, and sends each as a LabeledExample record in
// Confluent's wire format. Needs `npm ci` in this directory.

import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import confluent from '@kafkajs/confluent-schema-registry';
import kafkajs from 'kafkajs';

const { COMPATIBILITY, SchemaRegistry, SchemaType } = confluent;
const { CompressionTypes, Kafka, logLevel } = kafkajs;

const SCHEMA = fileURLToPath(new URL('../../schemas/src/main/avro/LabeledExample.avsc', import.meta.url));
const BATCH = 500;
const USAGE = `usage: produce.js --bootstrap HOST:PORT --registry URL [--topic freshet.examples] [--source node]
                  [--schema LabeledExample.avsc] (--input FILE | --generate N)`;
const INTENTS = Object.entries({
  card_arrival: (n) => `where is my card ${n}`,
  exchange_rate: (n) => `what is the exchange rate for ${n} euros`,
  top_up_failed: (n) => `my top up of ${n} did not work`,
});

function options() {
  const { values } = parseArgs({
    options: {
      bootstrap: { type: 'string' },
      registry: { type: 'string' },
      topic: { type: 'string', default: 'freshet.examples' },
      schema: { type: 'string', default: SCHEMA },
      source: { type: 'string', default: 'node' },
      input: { type: 'string' },
      generate: { type: 'string' },
    },
  });
  const one = (values.input === undefined) !== (values.generate === undefined);
  if (!values.bootstrap || !values.registry || !one) {
    throw new Error(USAGE);
  }
  return values;
}

/** A LabeledExample from one line's object. A union of records names the branch that is meant. */
function exampleOf(line, source) {
  return {
    id: line.id,
    input: { 'io.freshet.schemas.TextInput': { text: line.text, textPair: line.textPair ?? null } },
    label: line.label ?? null,
    group: line.group ?? null,
    task: line.task ?? null,
    source: line.source ?? source,
    attributes: line.attributes ?? {},
    eventTime: line.time === undefined ? Date.now() : new Date(line.time).getTime(),
    weight: line.weight ?? 1.0,
  };
}

function* generated(count) {
  for (let n = 0; n < count; n++) {
    const [label, text] = INTENTS[n % INTENTS.length];
    yield { id: `node-${n}`, text: text(n), label };
  }
}

async function* linesOf(path) {
  const input = path === '-' ? process.stdin : createReadStream(path, 'utf8');
  let number = 0;
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (line.trim() !== '') {
      try {
        yield JSON.parse(line);
      } catch (error) {
        throw new Error(`${path}:${number}: not JSON: ${error.message}`);
      }
    }
  }
}

async function publish({ bootstrap, registry: registryUrl, topic, schema, source, input, generate }) {
  const registry = new SchemaRegistry({ host: registryUrl });
  // As all of Freshet does: every version of the schema must read and be read by all others.
  const { id } = await registry.register(
    { type: SchemaType.AVRO, schema: readFileSync(schema, 'utf8') },
    { subject: `${topic}-value`, compatibility: COMPATIBILITY.FULL_TRANSITIVE },
  );
  const kafka = new Kafka({ clientId: 'freshet-example', brokers: bootstrap.split(','), logLevel: logLevel.ERROR });
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  try {
    let published = 0;
    let messages = [];
    const send = async () => {
      await producer.send({ topic, messages, compression: CompressionTypes.GZIP });
      published += messages.length;
      messages = [];
    };
    for await (const line of input === undefined ? generated(Number(generate)) : linesOf(input)) {
      const example = exampleOf(line, source);
      messages.push({ key: example.id, value: await registry.encode(id, example) });
      if (messages.length === BATCH) {
        await send();
      }
    }
    if (messages.length > 0) {
      await send();
    }
    console.log(`published ${published} examples to ${topic}`);
  } finally {
    await producer.disconnect();
  }
}

try {
  await publish(options());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
