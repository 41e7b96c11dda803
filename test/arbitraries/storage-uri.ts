import * as fc from 'fast-check';

/** Storage URIs of the stores whose clients judge names, most of them nearly right. */
export function storageUri(): fc.Arbitrary<string> {
  return fc.tuple(fc.constantFrom('s3', 'gs', 'hf'), fc.oneof(name, place)).map(([scheme, rest]) => `${scheme}://${rest}`);
}

const part = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom('a', 'models', 'iris', '9', 'B') },
  { weight: 2, arbitrary: fc.constantFrom('-', '_', '.', '--', '..', '.git', '/', ':', ' ', 'ä', '?', '#', '@', '+', '%41') },
  { weight: 1, arbitrary: fc.constantFrom(63, 96, 97, 255, 256).map((length) => 'x'.repeat(length)) },
  { weight: 1, arbitrary: fc.constantFrom('arn:aws:s3:eu-west-1:123456789012:accesspoint:', 'arn:aws:s3-outposts:eu-west-1:123456789012:outpost:op-01:accesspoint:') },
);

const name = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));

const place = fc.tuple(name, name).map((names) => names.join('/'));
