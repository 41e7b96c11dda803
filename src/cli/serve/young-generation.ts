import { setFlagsFromString } from 'node:v8';

/*
 * V8 doubles its space for new objects as some of them survive, which those of a request do not: it stayed at 4 MB, and of requests of 1 kB one
 * in eighty waited for a collection. So it goes to its limit (16 MB) when it first grows, which it does while the program is loaded.
 */
setFlagsFromString('--semi-space-growth-factor=16');

// With hardly a survivor there is nothing to share: to wait for helping threads took longer than the collection.
setFlagsFromString('--no-parallel-scavenge');
