import { DEPLOYMENT_MODE_ANNOTATION, INFERENCE_GRAPH_API_VERSION, INFERENCE_GRAPH_KIND } from '../spec/inference-graph';
import type { InferenceGraphManifest, InferenceGraphSpec, InferenceStepSpec, RouterNodeSpec, RouterType } from '../spec/inference-graph';

/** An InferenceGraph for a rule's example, in Standard mode and without a namespace of its own. */
export function graph(nodes: { [name: string]: RouterNodeSpec }, rest: Omit<InferenceGraphSpec, 'nodes'> = {}): InferenceGraphManifest {
  return {
    apiVersion: INFERENCE_GRAPH_API_VERSION,
    kind: INFERENCE_GRAPH_KIND,
    metadata: { name: 'pipeline', annotations: { [DEPLOYMENT_MODE_ANNOTATION]: 'Standard' } },
    spec: { nodes, ...rest },
  };
}

/** The same graph under another name. */
export function named(name: string, manifest: InferenceGraphManifest, namespace?: string): InferenceGraphManifest {
  return { ...manifest, metadata: { ...manifest.metadata, name, ...(namespace && { namespace }) } };
}

/** The same graph in the cluster's default mode. */
export function withoutMode(manifest: InferenceGraphManifest): InferenceGraphManifest {
  const { annotations, ...metadata } = manifest.metadata;
  return { ...manifest, metadata };
}

/** The same graph in another mode. */
export function inMode(mode: string, manifest: InferenceGraphManifest): InferenceGraphManifest {
  return annotated({ [DEPLOYMENT_MODE_ANNOTATION]: mode }, manifest);
}

/** The same graph with more annotations. */
export function annotated(annotations: { [key: string]: string }, manifest: InferenceGraphManifest): InferenceGraphManifest {
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...manifest.metadata.annotations, ...annotations } } };
}

/** A node of any type. */
export function node(routerType: RouterType, ...steps: InferenceStepSpec[]): RouterNodeSpec {
  return { routerType, steps };
}

/** A graph of one Sequence. */
export function sequence(...steps: InferenceStepSpec[]): InferenceGraphManifest {
  return graph({ root: node('Sequence', ...steps) });
}
