import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { rehearse } from '../../../src/cli/serve/rehearsal';

test('leaves nothing open', async () => {
  const open = () => process.getActiveResourcesInfo().filter((type) => type.startsWith('TCP'));
  await rehearse();
  for (let look = 0; look < 100 && open().length > 0; look++) await sleep(20);
  expect(open()).toEqual([]);
});

test('is left out where no port can be had', async () => {
  const listen = jest.spyOn(createServer().constructor.prototype as { listen: () => unknown }, 'listen').mockImplementation(function fail(this: NodeJS.EventEmitter) {
    setImmediate(() => this.emit('error', new Error('no port')));
    return this;
  });
  await rehearse();
  listen.mockRestore();
});
