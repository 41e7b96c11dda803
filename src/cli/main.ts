#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { run } from './program';

// `cdk8s-kserve … | head` closes the pipe early, which is no failure
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

void run(process.argv.slice(2), {
  // of many small files, waiting for each in another thread would take most of the time
  read: async (path) => (path === '-' ? buffer(process.stdin) : readFileSync(path)),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  color: process.stdout.isTTY === true && !process.env.NO_COLOR,
}).then((code) => { process.exitCode = code; });
