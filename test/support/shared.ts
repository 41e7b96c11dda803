import * as fs from 'fs';
import * as path from 'path';

const shared = path.join(__dirname, '../../../shared');

/** Material of others that lies beside the project, where there is any. */
export function sharedFile(...parts: string[]): string | undefined {
  const file = path.join(shared, ...parts);
  return fs.existsSync(file) ? file : undefined;
}

/** `describe` where the material is, `describe.skip` where it is not. */
export const describeShared = fs.existsSync(shared) ? describe : describe.skip;
