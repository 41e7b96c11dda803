import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';

const folder = path.join(__dirname, '../../examples');

/** The names of the example apps. */
export const EXAMPLES = fs.readdirSync(folder).filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts')).map((file) => file.slice(0, -3));

/** What an example app writes, by file name. */
export function outputOf(example: string): { [file: string]: string } {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), 'cdk8s-kserve-'));
  const before = process.env.CDK8S_OUTDIR;
  process.env.CDK8S_OUTDIR = outdir;
  try {
    // an app runs when it is loaded
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    jest.isolateModules(() => require(path.join(folder, example)));
    return Object.fromEntries(fs.readdirSync(outdir).sort().map((file) => [file, fs.readFileSync(path.join(outdir, file), 'utf8')]));
  } finally {
    if (before === undefined) {
      delete process.env.CDK8S_OUTDIR;
    } else {
      process.env.CDK8S_OUTDIR = before;
    }
    fs.rmSync(outdir, { recursive: true });
  }
}
