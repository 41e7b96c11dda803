import { BodyGate, type BodyReader } from '../../../src/cli/serve/body-gate';

// Who may read, and when: one large body after the other, in the order they came.

let begun: string;

beforeEach(() => {
  begun = '';
  jest.useFakeTimers();
});

afterEach(() => {
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

type Reader = BodyReader & { received: number };

function enter(gate: BodyGate, names: string): { [name: string]: Reader } {
  return Object.fromEntries([...names].map((name) => {
    const reader: Reader = { received: 0, begin: () => { begun += name; } };
    gate.enter(reader);
    return [name, reader];
  }));
}

test('each that leaves lets the next one in', () => {
  const gate = new BodyGate();
  const { a, b, c } = enter(gate, 'abc');
  expect(begun).toBe('a');
  gate.leave(a);
  expect(begun).toBe('ab');
  gate.leave(a);
  expect(begun).toBe('ab');
  gate.leave(b);
  gate.leave(c);
  enter(gate, 'd');
  expect(begun).toBe('abcd');
});

test('who goes away while it waits is passed over', () => {
  const gate = new BodyGate();
  const { a, b } = enter(gate, 'abc');
  gate.leave(b);
  gate.leave(a);
  expect(begun).toBe('ac');
});

test('slow clients read on beside the others', () => {
  const gate = new BodyGate();
  const { a, b, c } = enter(gate, 'abcd');
  const look = (...bytes: number[]) => {
    [a, b, c].forEach((reader, i) => { reader.received += bytes[i]; });
    jest.advanceTimersByTime(20);
    return begun;
  };
  expect(look(65_536, 0, 0)).toBe('a');
  expect(look(65_535, 0, 0)).toBe('ab'); // a is slow now
  expect(look(1_000_000, 1_000_000, 0)).toBe('ab'); // and stays beside
  gate.leave(a);
  expect(begun).toBe('ab');
  gate.leave(b);
  expect(look(0, 0, 0)).toBe('abcd'); // c sends nothing
});
