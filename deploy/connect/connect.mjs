// Connect to the payment filter in JavaScript: `npm ci`, then `node connect.mjs send FILE…`, `alerts`, or `decision ID`.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { randomUUID } from "node:crypto";
import kafkajs from "kafkajs";

const { Kafka, logLevel } = kafkajs;
const said = (name) => process.env[`PAYMENT_FILTER_KAFKA_${name}`];
const pem = (name) => said(name) && readFileSync(said(name));
const protocol = said("SECURITY_PROTOCOL") ?? "PLAINTEXT"; // SASL_SSL: name and password; SSL: a certificate
const kafka = new Kafka({
  brokers: (said("BOOTSTRAP") ?? "localhost:9092").split(","),
  ssl: protocol.endsWith("SSL") && {
    ca: pem("SSL_CA_LOCATION"), // who vouches for the brokers
    cert: pem("SSL_CERTIFICATE_LOCATION"), // with SSL: your certificate chain and its key
    key: pem("SSL_KEY_LOCATION"),
  },
  sasl: protocol.startsWith("SASL") ? {
    mechanism: said("SASL_MECHANISM").toLowerCase(), // scram-sha-512
    username: said("SASL_USERNAME"),
    password: said("SASL_PASSWORD"),
  } : undefined,
  logLevel: logLevel.NOTHING,
});
const PREFIX = process.env.PAYMENT_FILTER_TOPIC_PREFIX ?? "";
const topic = (name) => `${PREFIX}payments.${name}`;
const header = (message, name) => message.headers?.[name]?.toString() ?? "";
const PATIENCE_MS = 60_000;

// Publish each file as one message and wait for its outcome, found by where the message stood.
async function send(files) {
  const waiting = new Map();
  const came = new Map(); // an outcome may come before Kafka tells us where the message stood
  const topics = ["execute", "suspend", "reject"];
  await reading(topics, { fromNow: true }, async (message, done) => {
    came.set(header(message, "payment-filter-source"), message);
    settle(waiting, came, files.length, done);
  }, async (done) => {
    for (const [source, file] of await publish(files)) waiting.set(source, file);
    settle(waiting, came, files.length, done);
  });
}

function settle(waiting, came, count, done) {
  if (waiting.size < count || [...waiting.keys()].some((source) => !came.has(source))) return;
  for (const [source, file] of waiting) {
    const message = came.get(source);
    console.log(file, header(message, "payment-filter-outcome"), header(message, "payment-filter-decision-id"));
  }
  done();
}

async function publish(files) {
  const producer = kafka.producer({ idempotent: true });
  await producer.connect();
  const stands = new Map();
  for (const file of files) {
    // In production the key is a keyed hash of the payer's account: order is kept for each payer.
    const messages = [{ key: basename(file), value: readFileSync(file) }];
    const [at] = await producer.send({ topic: topic("inbound"), acks: -1, messages });
    stands.set(`${at.topicName}/${at.partition}/${at.baseOffset}`, file);
  }
  await producer.disconnect();
  return stands;
}

// Every alert once, told apart by ce_id: the same payment sent or decided again makes no second alert.
async function alerts() {
  const seen = new Set(); // keep this beside your cases, in the same transaction
  await reading(["alerts"], {}, async (message) => {
    const id = header(message, "ce_id");
    if (seen.has(id)) return;
    seen.add(id);
    const alert = JSON.parse(message.value);
    console.log(id, alert.case_id, alert.severity, alert.kind);
  });
}

// Read one decision record, and say why.
async function decision(id) {
  let found = false;
  await reading(["decisions"], {}, async (message, done) => {
    if (header(message, "payment-filter-decision-id") !== id || found) return;
    found = true;
    const record = JSON.parse(message.value);
    console.log(`${record.outcome} under policy ${record.policy.id}, edition ${record.edition.id}`);
    for (const { reason, path, sentence, source } of record.findings) {
      console.log(`${reason} at ${path}: ${sentence} (${source})`);
    }
    done();
  });
  if (!found) throw new Error(`there is no decision ${id}`);
}

// Reads topics, only what was committed (kafkajs' default): from now on until `done` is called, or to what is there now.
async function reading(names, { fromNow = false }, each, begun = async () => {}) {
  const ends = await openEnds(names, fromNow);
  if (!fromNow && ends.size === 0) return;
  // In production a stable name; rights are given to what begins so.
  const consumer = kafka.consumer({ groupId: `${PREFIX}cases.${randomUUID()}`, maxWaitTimeInMs: 200 });
  await consumer.connect();
  await consumer.subscribe({ topics: names.map(topic), fromBeginning: !fromNow });
  let finish, fail;
  const over = new Promise((resolve, reject) => { finish = resolve; fail = reject; });
  const timer = setTimeout(() => fail(new Error("nothing more came within 60 s")), PATIENCE_MS);
  // By batch and its last offset: the last offset of a transaction is Kafka's own mark and never arrives as a message.
  consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
    const place = `${payload.topic}/${payload.partition}`;
    if (!fromNow && Number(payload.lastOffset) + 1 >= ends.get(place)) ends.delete(place);
    if (!fromNow && ends.size === 0) finish();
  });
  let heard = false; // after the first answer to a fetch, the place to read on from is fixed
  consumer.on(consumer.events.FETCH, () => {
    if (!heard) begun(finish).catch(fail);
    heard = true;
  });
  consumer.on(consumer.events.CRASH, ({ payload }) => fail(payload.error));
  await consumer.run({ autoCommit: false, eachMessage: ({ message }) => each(message, finish) });
  try {
    await over;
  } finally {
    clearTimeout(timer);
    await consumer.disconnect();
  }
}

async function openEnds(names, fromNow) {
  if (fromNow) return new Map();
  const admin = kafka.admin();
  await admin.connect();
  const ends = new Map();
  for (const name of names.map(topic)) {
    for (const { partition, high, low } of await admin.fetchTopicOffsets(name)) {
      if (Number(high) > Number(low)) ends.set(`${name}/${partition}`, Number(high));
    }
  }
  await admin.disconnect();
  return ends;
}

const [command, ...words] = process.argv.slice(2);
const commands = { send: () => send(words), alerts, decision: () => decision(words[0]) };
if (!(command in commands)) {
  console.error("node connect.mjs send FILE… | alerts | decision ID");
  process.exit(2);
}
try {
  await commands[command]();
} catch (error) {
  console.error(error.message);
  process.exit(1);
}
