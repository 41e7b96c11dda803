import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from '../../src/cli/lint/documents';
import { lintGraph } from '../../src/lint/lint';
import { Severity } from '../../src/lint/severity';
import { describeShared, sharedFile } from '../support/shared';

/*
 * What the linter says of graphs that others wrote. The table has a line for each: its number, the errors, the warnings. A person read it: each
 * error is of a document that KServe refuses, that holds a placeholder, or a step of which no request reaches.
 */

const TABLE = join(__dirname, 'corpus-verdicts.tsv');

function verdict(file: string): string {
  const { objects, problems } = readDocuments(readFileSync(file));
  const found = objects.filter(({ value }) => value.kind === 'InferenceGraph').flatMap(({ value }) => lintGraph(value));
  const ids = (wanted: Severity) => [...new Set(found.filter(({ severity }) => severity === wanted).map(({ rule }) => rule))].sort().join(' ') || '-';
  return problems.length > 0 ? 'no YAML\t-' : `${ids(Severity.ERROR)}\t${ids(Severity.WARNING)}`;
}

describeShared('graphs that others wrote', () => {
  test('each has the verdict of the table', () => {
    const folder = sharedFile('corpus', 'graphs')!;
    const lines = readdirSync(folder).sort().map((name) => `${name.slice(0, 3)}\t${verdict(join(folder, name))}`);
    expect(lines).toEqual(readFileSync(TABLE, 'utf8').trimEnd().split('\n').slice(1));
  });
});
