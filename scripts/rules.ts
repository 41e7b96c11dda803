import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allPages } from '../src/cli/lint/rule-pages';

writeFileSync(join(__dirname, '..', 'docs', 'rules.md'), allPages());
