import { Bodies, BodyPool } from '../../../src/cli/serve/body-pool';

// When a request's buffers are used again, and when they are not.

const KIB = 1024;
const MIB = 1024 * KIB;
const turn = async () => new Promise((resolve) => setImmediate(resolve));

/** Whether a request's buffer is used again once all has happened that `happens` makes happen. */
async function isUsedAgain(bytes: number, happens: (bodies: Bodies) => void): Promise<boolean> {
  const pool = new BodyPool();
  const bodies = new Bodies(pool);
  const { buffer } = bodies.take(bytes);
  happens(bodies);
  await turn();
  return new Bodies(pool).take(bytes).buffer === buffer;
}

test.each<[string, boolean, (bodies: Bodies) => void]>([
  ['the answer is written', true, (bodies) => bodies.release()],
  ['the answer is not written', false, () => undefined],
  ['all calls have ended', true, (bodies) => {
    bodies.enter();
    bodies.leave();
    bodies.release();
  }],
  ['a call ends in the same turn', true, (bodies) => {
    bodies.enter();
    bodies.release();
    bodies.leave();
  }],
  ['a call is still under way', false, (bodies) => {
    bodies.enter();
    bodies.release();
  }],
  ['a branch that is not waited for comes to its next call', false, (bodies) => {
    bodies.enter();
    bodies.release();
    bodies.leave();
    queueMicrotask(() => bodies.enter());
  }],
  ['a connection was broken off', false, (bodies) => {
    bodies.lose();
    bodies.release();
  }],
])('%s: %s', async (_, expected, happens) => {
  expect(await isUsedAgain(MIB, happens)).toBe(expected);
});

test.each([[64 * KIB - 1, false], [64 * KIB, true], [4 * MIB, true], [4 * MIB + 1, false]])('%d bytes: %s', async (bytes, expected) => {
  expect(await isUsedAgain(bytes, (bodies) => bodies.release())).toBe(expected);
});

test('a buffer serves whoever needs as much, up to the next power of two', async () => {
  const pool = new BodyPool();
  const first = new Bodies(pool);
  const { buffer } = first.take(600 * KIB);
  first.release();
  await turn();
  const second = new Bodies(pool);
  expect(second.take(MIB + 1).buffer).not.toBe(buffer);
  expect(second.take(512 * KIB).buffer).not.toBe(buffer);
  expect(second.take(MIB).buffer).toBe(buffer);
  expect(second.take(MIB).buffer).not.toBe(buffer);
});

test('no more than 32 MiB are kept', async () => {
  const pool = new BodyPool();
  const many = new Bodies(pool);
  const taken = new Set(Array.from({ length: 50 }, () => many.take(MIB).buffer));
  many.release();
  await turn();
  const again = new Bodies(pool);
  expect(Array.from({ length: 50 }, () => again.take(MIB).buffer).filter((buffer) => taken.has(buffer))).toHaveLength(32);
});
