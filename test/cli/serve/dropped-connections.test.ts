import { DroppedConnections } from '../../../src/cli/serve/dropped-connections';

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test('the first of a while at once, all of them when it is over', () => {
  const lines: string[] = [];
  const dropped = new DroppedConnections(7, (line) => lines.push(line));
  const first = 'a connection was dropped: 7 are open, raise --max-connections if more are meant to';
  for (let connection = 0; connection < 100; connection++) {
    dropped.add();
    jest.advanceTimersByTime(900);
  }
  expect(lines.splice(0)).toEqual([first]);
  jest.advanceTimersByTime(100);
  expect(lines.splice(0)).toEqual(['100 connections were dropped, as more than 7 were open']);

  dropped.add(); // one alone has been told of
  jest.advanceTimersByTime(1000);
  expect(lines.splice(0)).toEqual([first]);

  dropped.add();
  dropped.add();
  dropped.end();
  expect(lines.splice(0)).toEqual([first, '2 connections were dropped, as more than 7 were open']);
  expect(jest.getTimerCount()).toBe(0);
});
