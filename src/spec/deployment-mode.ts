/** The two ways in which KServe deploys, by their names since 0.16. */
export type DeploymentModeName = 'Standard' | 'Knative';

/** Each spelling that a release knows; ModelMesh makes a graph a Knative Service (pkg/controller/v1alpha1/inferencegraph/controller.go, v0.20.0). */
export const DEPLOYMENT_MODES: ReadonlyMap<unknown, DeploymentModeName> = new Map([
  ['Standard', 'Standard'],
  ['RawDeployment', 'Standard'],
  ['Knative', 'Knative'],
  ['Serverless', 'Knative'],
  ['ModelMesh', 'Knative'],
]);
