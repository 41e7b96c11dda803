import { chown, open, realpath, rename, stat, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Replaces a file's content as a whole or not at all; a link stays a link, and mode and owner stay. */
export async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const target = await realpath(path);
  await (await open(target, 'r+')).close(); // renaming asks the folder alone
  const { mode, uid, gid } = await stat(target);
  const temporary = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  const file = await open(temporary, 'wx', mode);
  try {
    try {
      await file.writeFile(bytes);
      await file.chmod(mode & 0o7777); // eslint-disable-line no-bitwise
      await file.sync();
    } finally {
      await file.close();
    }
    const made = await stat(temporary);
    if (made.uid !== uid || made.gid !== gid) {
      await chown(temporary, uid, gid);
    }
    await rename(temporary, target);
  } catch (error) {
    await unlink(temporary);
    throw error;
  }
}
