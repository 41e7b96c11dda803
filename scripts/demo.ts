/*
 * The README's first command: the dog-breed pipeline of KServe's tutorial, synthesized, checked, drawn and tried.
 */
import * as fs from 'fs';
import * as path from 'path';
import { parseAllDocuments } from 'yaml';
import { CAT, DOG } from './pictures';
import { OWN_PICTURES, tryPictures, tutorialPictures } from './try-pictures';
import { outline } from '../src/draw/outline';
import { formatDiagnostic } from '../src/lint/diagnostic';
import { lintGraph, RULES } from '../src/lint/lint';
import { GraphModel } from '../src/lint/model';

const outdir = path.join(__dirname, '../out');
fs.rmSync(outdir, { recursive: true, force: true });
process.env.CDK8S_OUTDIR = outdir;
// the app synthesizes when it is loaded, and throws if one of its graphs has a problem
// eslint-disable-next-line @typescript-eslint/no-require-imports
require('../examples/dog-breed');

fs.writeFileSync(path.join(outdir, 'cat.png'), CAT);
fs.writeFileSync(path.join(outdir, 'dog.png'), DOG);

const file = path.join(outdir, 'dog-breed.k8s.yaml');
const objects = parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => document.toJS());
const graph = objects.find(({ kind }) => kind === 'InferenceGraph');
const problems = lintGraph(graph);
const pictures = tutorialPictures(path.join(__dirname, '../../shared/inputs')) ?? OWN_PICTURES;
const answers = tryPictures(fs.readFileSync(file, 'utf8'), pictures);

console.log(`KServe's dog-breed pipeline, from examples/dog-breed.ts

written   ${path.relative(process.cwd(), file)}
${objects.map(({ kind, metadata }) => `          ${kind} ${metadata.name}`).join('\n')}
checked   ${RULES.length} rules, ${problems.length} problems
${problems.map((problem) => `          ${formatDiagnostic(problem)}\n`).join('')}
${outline(new GraphModel(graph))}

A picture of a cat is answered by the first model; a picture of a dog goes on to the second. Tried here with two pictures ${pictures.whose}.
The models are stubs: the first knows the two pictures apart, the second knows the dog's breed.
${Object.entries(answers).map(([animal, answer]) => `\nthe ${animal}\n${answer.traceText()}\n  ${answer.body}`).join('\n')}`);

process.exitCode = problems.length === 0 ? 0 : 1;
