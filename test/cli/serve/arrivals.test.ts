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
