'use strict';
/* Makes an app of the README's first TypeScript snippet, as a reader would: add the imports, and synth. */
const fs = require('fs');

const [readme, app] = process.argv.slice(2);
const snippet = /```ts\n([^]*?)```/.exec(fs.readFileSync(readme, 'utf8'))[1];
const names = (from, all) => `import { ${all.filter((name) => new RegExp(`\\b${name}\\b`).test(snippet)).join(', ')} } from '${from}';`;
fs.writeFileSync(app, `${names('cdk8s', ['App', 'Chart', 'Duration'])}
${names('cdk8s-kserve', ['Condition', 'InferenceGraph', 'InferenceService', 'ModelFormat', 'ModelStorage', 'Predictor', 'SequenceNode', 'StepData'])}

${snippet}
App.of(chart).synth();
`);
