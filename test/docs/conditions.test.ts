import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Gjson } from '../../src';
import { analyze } from '../../src/gjson/analyze';

const page = readFileSync(join(__dirname, '../../docs/conditions.md'), 'utf8');
const json = /```json\n(.*?)```/s.exec(page)![1];

/** The rows of the table with this first column. */
function table(head: string): string[][] {
  const start = page.indexOf(`| ${head} |`);
  const rows = page.slice(start, page.indexOf('\n\n', start)).split('\n').slice(2);
  return rows.map((row) => row.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim().replace(/\\\|/g, '|')));
}

const code = (cell: string) => (cell === 'nothing' || cell === '(empty)' ? '' : cell.slice(1, -1));

test.each(table('path'))('in the document, %s finds %s', (path, finds) => {
  expect(Gjson.get(json, code(path)).raw).toBe(code(finds));
});

test.each(table('people write'))('%s: %s', (...row) => {
  const [written, , instead, trap] = row;
  const [found] = analyze(code(written)).traps;

  expect({ trap: found.id, instead: found.mend }).toEqual({ trap: code(trap), instead: code(instead) });
});

test('the tables are read', () => {
  expect([table('path').length, table('people write').length]).toEqual([33, 21]);
});
