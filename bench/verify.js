// What makes a figure count: every message is listed, parsed, found by search, and a sample is the same to the last octet.
import { createHash } from 'node:crypto';

const SAMPLE = 20;

/**
 * Waits until the newest message is parsed.
 * @returns how long that took, ms
 */
export async function waitUntilParsed(url) {
  const started = performance.now();
  for (;;) {
    const { messages } = await getJson(`${url}/api/v1/messages?limit=1`);
    if (messages[0]?.Parse.State === 'parsed') return performance.now() - started;
    if (performance.now() - started > 120_000) throw new Error('messages are not parsed after two minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Waits until it is decided where the newest message would go, and so, since the oldest comes first, all of them. */
export async function waitUntilJudged(url) {
  const started = performance.now();
  const { messages } = await getJson(`${url}/api/v1/messages?limit=1`);
  while (!(await fetch(`${url}/api/v1/message/${messages[0].ID}/journey`)).ok) {
    if (performance.now() - started > 120_000) throw new Error('messages are not judged after two minutes');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** @throws {Error} unless all `count` messages that hold `word` are there, whole */
export async function verify(url, { word, sha256 }, count) {
  const bySubject = await getJson(`${url}/api/v1/search?limit=1000&query=${encodeURIComponent(`subject:${word}`)}`);
  const byText = await getJson(`${url}/api/v1/search?limit=1&query=${encodeURIComponent(`"holds the word ${word}"`)}`);
  expectEqual(`messages listed with the subject ${word}`, bySubject.messages_count, count);
  expectEqual(`messages found by a phrase of ${word}`, byText.messages_count, count);
  const step = Math.max(1, Math.floor(bySubject.messages.length / SAMPLE));
  for (let index = 0; index < bySubject.messages.length; index += step) {
    const { ID, Parse } = bySubject.messages[index];
    expectEqual(`parse state of ${ID}`, Parse.State, 'parsed');
    const raw = await (await fetch(`${url}/api/v1/message/${ID}/raw`)).arrayBuffer();
    expectEqual(`SHA-256 of ${ID}`, createHash('sha256').update(new Uint8Array(raw)).digest('hex'), sha256);
  }
}

async function getJson(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`);
  return response.json();
}

function expectEqual(what, actual, expected) {
  if (actual !== expected) throw new Error(`${what}: ${actual}, expected ${expected}`);
}
