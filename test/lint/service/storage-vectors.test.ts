import type { StorageAnswer } from '../../../conformance/client/storage';
import { recorded } from '../../../conformance/client/vectors';
import { sklearn } from '../../../src/lint/service/examples';
import { lintService } from '../../../src/lint/service/lint';

const vectors = recorded<string, StorageAnswer>('storage');

test("storage-place finds the storage URIs that KServe's storage initializer refuses, and no other", () => {
  const isFound = (storageUri: string) => lintService(sklearn({}, { storageUri })).some(({ rule }) => rule === 'storage-place');
  const uris = vectors.map(({ question }) => question);
  expect(uris.filter(isFound)).toEqual(vectors.filter(({ answer }) => answer.refused !== undefined).map(({ question }) => question));
  expect(uris.filter(isFound).length).toBeGreaterThan(vectors.length / 4);
});
