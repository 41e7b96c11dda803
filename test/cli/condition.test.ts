import { run } from '../../src/cli/program';

/** What the program printed, and how it ended. */
async function program(args: string[], files: Record<string, string> = {}, color = false) {
  let [out, err] = ['', ''];
  const code = await run(args, {
    read: async (path) => {
      if (files[path] === undefined) throw Object.assign(new Error('ENOENT: no such file'), { code: 'ENOENT' });
      return Buffer.from(files[path], 'latin1');
    },
    out: (text) => { out += text; },
    err: (text) => { err += text; },
    color,
  });
  return { code, out, err };
}

const DOG = '[@this].#(predictions.0=="dog")';

test('a document that matches', async () => {
  expect(await program(['condition', DOG, '--input', '-'], { '-': '{"predictions":["dog"]}' })).toEqual({
    code: 0,
    out: `${DOG}
  matches when the first element of "predictions" is the text "dog"
match: {"predictions":["dog"]}
  predictions.0 is "dog"
`,
    err: '',
  });
});

test('a document that does not', async () => {
  expect(await program(['condition', DOG, '-i', 'answer.json'], { 'answer.json': '{"predictions":[]}' }, true)).toEqual({
    code: 1,
    out: `${DOG}
  matches when the first element of "predictions" is the text "dog"
\u001b[31mno match\u001b[39m
  predictions.0 is missing
`,
    err: '',
  });
});

test('traps and how to mend them', async () => {
  expect(await program(['condition', '{{predictions.0}}'])).toEqual({
    code: 0,
    out: `{{predictions.0}}
  matches every document
  always matches, whatever the document is
  careful: braces build a new object of what is inside, and that object always exists, even empty (template-braces)
    instead: predictions.0
`,
    err: '',
  });
});

test('JSON for programs', async () => {
  const { code, out } = await program(['condition', '[@this].#(a=="ä")', '--format', 'json', '-i', 'a.json'], { 'a.json': '{"a":1}' });

  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({
    condition: '[@this].#(a=="ä")',
    explanation: 'matches when "a" is the text "ä"',
    verdict: 'sometimes',
    traps: [],
    input: { matches: false, compared: [{ path: 'a', raw: '1' }] },
  });
});

test('a condition that can never match is a finding', async () => {
  expect((await program(['condition', '[a,b].2'])).code).toBe(1);
});

test('bytes that are no UTF-8 are taken as the router takes them', async () => {
  expect((await program(['condition', 'a', '-i', '-'], { '-': '{"a":"\xff"}' })).code).toBe(0);
});

test.each([
  [['condition', 'a', '-i', 'x.json'], {}, 'error: the input cannot be read, got \'x.json\': there is no such file\n'],
  [['condition', 'a', '-i', '-'], { '-': '{"a":' }, 'error: the input is no valid JSON, got \'{"a":\' in standard input: '
    + 'give one JSON document (the router matches nothing in this one, and a Sequence answers 500)\n'],
  [['condition', '[@this,@this]|'.repeat(60), '-i', '-'], { '-': '{}' }, 'error: the GJSON path costs too much on this document, '
    + 'got more work than 64 MiB read and written (or 32 times the document): simplify the path, or send a smaller document\n'],
  [['condition'], {}, 'error: missing required argument \'path\'\n(cdk8s-kserve --help shows how it is called)\n'],
  [['condition', 'a', '--format', 'xml'], {}, 'error: option \'-f, --format <format>\' argument \'xml\' is invalid. Allowed choices are text, json.\n'
    + '(cdk8s-kserve --help shows how it is called)\n'],
  [['conditions'], {}, 'error: unknown command \'conditions\'\n(Did you mean condition?)\n(cdk8s-kserve --help shows how it is called)\n'],
])('what cannot be used is one clear line and exit code 2: %j', async (args, files, err) => {
  expect(await program(args, files)).toEqual({ code: 2, out: '', err });
});

test('help shows an example and is no failure', async () => {
  const { code, out } = await program(['condition', '--help']);

  expect(code).toBe(0);
  expect(out).toContain('cdk8s-kserve condition \'[@this].#(predictions.0=="dog")\' --input -');
});
