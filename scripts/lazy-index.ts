/*
 * Rewrites lib/index.js, after jsii has compiled it, so that each class is loaded when it is first used: an app that defines a graph does not
 * load the simulator. What is exported, and its types, stay the same.
 */
import * as fs from 'fs';
import * as path from 'path';

const index = path.join(__dirname, '../lib/index.js');
const modules = [...fs.readFileSync(index, 'utf8').matchAll(/__exportStar\(require\("([^"]+)"\), exports\);/g)].map(([, module]) => module);
// eslint-disable-next-line @typescript-eslint/no-require-imports
const names = (module: string) => Object.keys(require(path.join(path.dirname(index), module)) as object).filter((name) => name !== '__esModule');
const exported = modules.flatMap((module) => names(module).map((name) => ({ module, name })));

fs.writeFileSync(index, `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
const lazily = (name, load) => Object.defineProperty(exports, name, { configurable: true, enumerable: true, get: () => load()[name] });
${exported.map(({ module, name }) => `lazily("${name}", () => require("${module}"));`).join('\n')}
// never runs: from it Node's ES modules know the names, since they do not look into getters
0 && (module.exports = { ${exported.map(({ name }) => name).join(', ')} });
`);
