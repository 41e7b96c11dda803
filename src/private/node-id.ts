import type { Construct } from 'constructs';
import { fail } from './fail';
import { INFERENCE_GRAPH } from './symbols';

/** The construct id of the API object under a graph. */
export const API_OBJECT_ID = 'Resource';

/** Refuses a node that has no place, before `constructs` does so in words that know nothing of graphs. */
export function checkNode(scope: Construct, id: string): void {
  if (!(INFERENCE_GRAPH in scope)) {
    fail(scope, `node '${id}' must be defined under its graph, got a ${scope.constructor.name}`, 'pass the InferenceGraph as scope');
  }
  if (id === '') {
    fail(scope, "a node must have a name, got ''", "name it; the node that every request starts at is 'root'");
  }
  if (id === API_OBJECT_ID) {
    fail(scope, `the node name '${id}' is reserved for the graph's API object`, 'choose another name');
  }
  if (id.includes('/')) {
    fail(scope, `a node name must not hold '/', got '${id}'`, "use '-' instead");
  }
  if (scope.node.tryFindChild(id) !== undefined) {
    fail(scope, `the graph has two nodes named '${id}'`, 'give each node a name of its own');
  }
}
