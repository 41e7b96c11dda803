import { GraphSimulator, type GraphSimulatorOptions } from '../../src/simulate';
import type { InferenceStepSpec } from '../../src/spec/inference-graph';

type Nodes = { [name: string]: { routerType: string; steps?: InferenceStepSpec[] } };

/** A simulator of these nodes. */
export function simulatorOf(nodes: Nodes, options: GraphSimulatorOptions = {}, spec: object = {}): GraphSimulator {
  return GraphSimulator.of({ name: 'pipeline', specAsJson: () => JSON.stringify({ nodes, ...spec }) }, options);
}

export const sequence = (...steps: InferenceStepSpec[]) => ({ routerType: 'Sequence', steps });
export const ensemble = (...steps: InferenceStepSpec[]) => ({ routerType: 'Ensemble', steps });
export const switchOf = (...steps: InferenceStepSpec[]) => ({ routerType: 'Switch', steps });
export const splitter = (...steps: InferenceStepSpec[]) => ({ routerType: 'Splitter', steps });

/** KServe's tutorial. */
export const DOG_BREED: Nodes = {
  root: sequence(
    { name: 'cat_dog_classifier', serviceName: 'cat-dog-classifier' },
    { name: 'dog_breed_classifier', serviceName: 'dog-breed-classifier', data: '$request', condition: '[@this].#(predictions.0=="dog")' },
  ),
};
