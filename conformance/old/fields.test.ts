import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { INFERENCE_GRAPH_SHAPE } from '../../src/spec/inference-graph-shape';
import { INFERENCE_SERVICE_SHAPE } from '../../src/spec/inference-service-shape';
import { SERVING_RUNTIME_SHAPE } from '../../src/spec/serving-runtime-shape';
import type { Shape } from '../../src/spec/shape';
import { isBelow } from '../../src/spec/versions';

/*
 * Our tables of fields, each with its first version, beside the CRDs of each release: a field is there from that version on, and none is missing
 * from a map that we take to be complete.
 */

const BUILD = join(__dirname, '..', 'build');
const RELEASES = ['0.15.0', '0.15.2', '0.16.0', '0.17.0', '0.19.0', '0.20.0'];
const KINDS: [string, Shape][] = [
  ['inferencegraphs', INFERENCE_GRAPH_SHAPE],
  ['inferenceservices', INFERENCE_SERVICE_SHAPE],
  ['servingruntimes', SERVING_RUNTIME_SHAPE],
  ['clusterservingruntimes', SERVING_RUNTIME_SHAPE],
];

interface Schema {
  readonly 'properties'?: { readonly [name: string]: Schema };
  readonly 'items'?: Schema;
  readonly 'additionalProperties'?: Schema;
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
}

describe.each(KINDS)('%s', (plural, shape) => {
  test.each(RELEASES)('%s has the fields that we say it has', (version) => {
    const folder = join(BUILD, version === '0.20.0' ? 'kserve' : `kserve-${version}`);
    if (!existsSync(folder)) throw new Error(`KServe's manifests are missing, got no folder ${folder}: run npx projen conformance:old`);
    const { spec } = parse(readFileSync(join(folder, 'config', 'crd', 'full', `serving.kserve.io_${plural}.yaml`), 'utf8'));
    const { schema } = spec.versions.find(({ storage }: { storage: boolean }) => storage);

    // metadata is no part of a CRD, and status is KServe's to write
    expect(differences(shape, schema.openAPIV3Schema, version).filter((path) => !/^\.(metadata|status)\./.test(path))).toEqual([]);
  });
});

/** Where our table and the schema of a release differ. */
function differences(shape: Shape, schema: Schema | undefined, version: string, path = ''): string[] {
  if (typeof shape === 'string' || 'values' in shape || schema === undefined) {
    return [];
  }
  if ('items' in shape) {
    const [ours, theirs] = [Object.keys(shape.keys ?? {}), schema['x-kubernetes-list-map-keys'] ?? []].map((keys) => keys.join(' '));
    return [...ours === theirs ? [] : [`${path}[]: the keys are '${theirs}'`], ...differences(shape.items, schema.items, version, `${path}[]`)];
  }
  if ('entries' in shape) {
    return differences(shape.entries, schema.additionalProperties, version, `${path}{}`);
  }
  const theirs = schema.properties ?? {};
  const ours = Object.entries(shape.fields).flatMap(([name, { shape: inner, since }]) => {
    const isThere = since === undefined || !isBelow(version, since);
    return isThere !== (theirs[name] !== undefined)
      ? [`${path}.${name}: ${isThere ? 'is not there' : 'is there already'}`]
      : differences(inner, theirs[name], version, `${path}.${name}`);
  });
  const missing = shape.open ? [] : Object.keys(theirs).filter((name) => !Object.hasOwn(shape.fields, name));
  return [...ours, ...missing.map((name) => `${path}.${name}: is not in our table`)];
}
