import { Arrivals } from '../../../src/cli/serve/arrivals';

const turn = async () => new Promise((resolve) => setImmediate(resolve));

test('nobody begins while connections come, one in each turn of the event loop', async () => {
  const arrivals = new Arrivals();
  let begun = '';
  const come = (name: string) => arrivals.whenIn(() => { begun += name; });
  come('a');
  expect(begun).toBe('a');
  for (const name of 'bcd') {
    arrivals.connected();
    come(name);
    await turn();
    expect(begun).toBe('a');
  }
  await turn();
  expect(begun).toBe('abcd');
  come('e');
  expect(begun).toBe('abcde');
});

test('those that wait begin a few in each turn, in their order', async () => {
  const arrivals = new Arrivals();
  const begun: number[] = [];
  arrivals.connected();
  for (let i = 0; i < 40; i++) arrivals.whenIn(() => begun.push(i));
  await turn();
  const seen: number[] = [];
  while (begun.length < 40) {
    await turn();
    seen.push(begun.length);
    if (seen.length === 1) arrivals.whenIn(() => begun.push(40)); // behind them, though nobody comes any more
  }
  await turn();
  expect(seen).toEqual([16, 32, 41]);
  expect(begun).toEqual(Array.from({ length: 41 }, (_, i) => i));
});

test('a connection that comes meanwhile is waited for', async () => {
  const arrivals = new Arrivals();
  const begun: number[] = [];
  arrivals.connected();
  for (let i = 0; i < 40; i++) arrivals.whenIn(() => begun.push(i));
  await turn();
  await turn();
  arrivals.connected();
  await turn();
  expect(begun).toHaveLength(16);
  for (let i = 0; i < 3; i++) await turn();
  expect(begun).toHaveLength(40);
});
