/* A program: lints as many small files with a good graph each as it is told, and prints by how many bytes a file its live memory has grown over the later half. */
import { stringify } from 'yaml';
import type { Input } from '../../src/cli/lint/inputs';
import { lintFiles } from '../../src/cli/lint/lint-files';
import { named, sequence } from '../../src/lint/examples';

const count = Number(process.argv[2]);
const live: number[] = [];

function measure(): void {
  gc!();
  live.push(process.memoryUsage().heapUsed);
}

const inputs: Iterable<Input> = {
  * [Symbol.iterator]() {
    for (let i = 0; i < count; i++) {
      i === count / 2 && measure();
      yield { path: `a-folder/graph-${i}.yaml` };
    }
    measure();
  },
};

const GRAPH = `${stringify(named('NAME', sequence({ serviceName: 'a' })))}# ${'x'.repeat(1000)}\n`;
const manifest = (path: string) => GRAPH.replace('NAME', path.replace(/\W/g, '-'));

void lintFiles(inputs, async (path) => Buffer.from(manifest(path)), {}).then(({ files, findings }) => {
  const [, , before, after] = live; // of the pass for services, then of the one for findings
  process.stdout.write(JSON.stringify({ files, findings, bytes: Math.round((after - before) / (count / 2)) }));
});
