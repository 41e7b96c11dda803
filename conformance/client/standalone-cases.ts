import * as fc from 'fast-check';
import { ask, ReconcileQuestion } from './oracle';
import type { InferenceGraphManifest } from '../../src/spec/inference-graph';
import { serviceManifests } from '../../test/arbitraries/service-manifest';
import { anyQuantity, standaloneCases } from '../../test/arbitraries/standalone';
import { NAMESPACE } from '../../test/support/manifest-graph';

/*
 * Graphs and clusters for which a graph without a controller has to be what the controller makes.
 */

const ROUTER = {
  image: 'kserve/router:v0.20.0', memoryRequest: '100Mi', memoryLimit: '1Gi', cpuRequest: '100m', cpuLimit: '1', imagePullPolicy: 'IfNotPresent',
};

/** A graph in a Standard cluster where every service that it names is ready. */
export function graphQuestion(manifest: InferenceGraphManifest, router: object = {}): ReconcileQuestion {
  const { namespace = NAMESPACE } = manifest.metadata;
  const names = new Set(Object.values(manifest.spec.nodes).flatMap(({ steps = [] }) => steps.flatMap(({ serviceName }) => serviceName || [])));
  return {
    ask: 'reconcile',
    mode: 'Standard',
    config: { router: { ...ROUTER, ...router } },
    graph: { ...manifest, metadata: { ...manifest.metadata, namespace } },
    services: [...names].map((name) => ({
      apiVersion: 'serving.kserve.io/v1beta1',
      kind: 'InferenceService',
      metadata: { name, namespace },
      spec: { predictor: { model: { modelFormat: { name: 'sklearn' }, storageUri: 'gs://bucket/model' } } },
      status: { address: { url: `http://${name}-predictor.${namespace}.svc.cluster.local` } },
    })),
  };
}

const sequence = (spec: object, name = 'graph') => ({
  apiVersion: 'serving.kserve.io/v1alpha1', kind: 'InferenceGraph', metadata: { name, namespace: NAMESPACE }, spec,
} as InferenceGraphManifest);

/** Random graphs and settings. */
export function graphQuestions(count: number, seed: number): ReconcileQuestion[] {
  return fc.sample(standaloneCases(), { numRuns: count, seed }).map(({ manifest, router }) => graphQuestion(manifest, router));
}

/** Random quantities, all in one graph. */
export function quantityQuestion(count: number, seed: number): ReconcileQuestion {
  const texts = new Set(fc.sample(anyQuantity(), { numRuns: count, seed }));
  return graphQuestion(sequence({ nodes: {}, resources: { limits: Object.fromEntries([...texts].map((text, i) => [`example.com/${i}`, text])) } }));
}

/** Random InferenceServices, each called by a graph of its own; with what KServe's webhook adds to them. */
export async function serviceQuestions(count: number, seed: number): Promise<ReconcileQuestion[]> {
  const manifests: any[] = fc.sample(serviceManifests(), { numRuns: count, seed });
  const admitted = await ask<{ defaulted: any }>('oracle', manifests.map((object) => ({ ask: 'admit-isvc', object })));
  return manifests.map(({ metadata: { name, annotations }, spec }, i) => {
    const { 'serving.kserve.io/deploymentMode': mode } = annotations;
    const url = `http://${mode === 'Knative' ? name : entryOf(name, spec)}.${NAMESPACE}.svc.cluster.local`;
    return {
      ...graphQuestion(sequence({ nodes: { root: { routerType: 'Sequence', steps: [{ serviceName: name }] } } })),
      services: [{ ...admitted[i].defaulted, status: { address: { url } } }, RUNTIME],
    };
  });
}

/** A runtime that an InferenceService can name as `own`. */
const RUNTIME = {
  apiVersion: 'serving.kserve.io/v1alpha1',
  kind: 'ServingRuntime',
  metadata: { name: 'own', namespace: NAMESPACE },
  spec: { protocolVersions: ['grpc-v2', 'v2'], containers: [{ name: 'kserve-container', image: 'x' }] },
};

/** The Service in front of an InferenceService in Standard mode (kube_ingress_reconciler.go, `createAddress`). */
function entryOf(name: string, { predictor, transformer }: { predictor: { name?: string }; transformer?: object }): string {
  const part = predictor.name === undefined ? 'predictor' : `${predictor.name}-predictor`;
  return transformer === undefined ? `${name}-${part}` : `${name}-transformer`;
}
