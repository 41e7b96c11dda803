import { version } from '../../package.json';
import { CliFolder } from '../support/cli';

let folder: CliFolder;
beforeEach(() => { folder = new CliFolder(); });
afterEach(() => folder.remove());

test('it tells its version, and the releases of KServe that it knows', async () => {
  expect(await folder.run(['--version'])).toEqual({ code: 0, out: `cdk8s-kserve ${version}, for KServe 0.15 to 0.20\n`, err: '' });
});
