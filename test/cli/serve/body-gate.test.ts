import { BodyGate, type BodyReader } from '../../../src/cli/serve/body-gate';

// Who may read, and when: four large bodies at a time, in the order they came.

let begun: string[];

beforeEach(() => {
  begun = [];
  jest.useFakeTimers({ doNotFake: ['setImmediate'] });
});

afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

const reader = (name: string): BodyReader & { received: number } => ({ received: 0, begin: () => begun.push(name) });

function entered(gate: BodyGate, names: string): { [name: string]: BodyReader & { received: number } } {
  return Object.fromEntries([...names].map((name) => {
    const one = reader(name);
    gate.enter(one);
    return [name, one];
  }));
}

test('four begin at once, and each that leaves lets the next one in', () => {
  const gate = new BodyGate();
  const { a, b, e, f } = entered(gate, 'abcdef');
  expect(begun.join('')).toBe('abcd');
  gate.leave(b);
  expect(begun.join('')).toBe('abcde');
  gate.leave(a);
  gate.leave(a);
  expect(begun.join('')).toBe('abcdef');
  gate.leave(e);
  gate.leave(f);
});

test('who goes away while it waits is passed over', () => {
  const gate = new BodyGate();
  const { a, e } = entered(gate, 'abcdef');
  gate.leave(e);
  gate.leave(a);
  expect(begun.join('')).toBe('abcdf');
});

test('slow clients read on without a place', () => {
  const gate = new BodyGate();
  const all = entered(gate, 'abcdefg');
  const look = (received: { [name: string]: number }) => {
    for (const [name, bytes] of Object.entries(received)) all[name].received += bytes;
    jest.advanceTimersByTime(50);
    return begun.join('');
  };
  expect(look({ a: 1_000_000, b: 65_536, c: 65_535, d: 65_536 })).toBe('abcde'); // c is slow
  expect(look({ a: 1_000_000, b: 65_536, c: 1_000_000, d: 0, e: 65_536 })).toBe('abcdef'); // d is
  gate.leave(all.c); // it had no place to give up
  expect(begun.join('')).toBe('abcdef');
  gate.leave(all.a);
  expect(begun.join('')).toBe('abcdefg');
});

test('nobody begins while connections come, one in each turn of the event loop', async () => {
  const turn = async () => new Promise((resolve) => setImmediate(resolve));
  const gate = new BodyGate();
  const all: BodyReader[] = [];
  for (const name of 'abc') {
    gate.connected();
    all.push(...Object.values(entered(gate, name)));
    await turn();
    expect(begun.join('')).toBe('');
  }
  await turn();
  expect(begun.join('')).toBe('abc');
  all.forEach((each) => gate.leave(each));
});
