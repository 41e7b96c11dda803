/**
 * How KServe deploys a graph or an InferenceService.
 *
 * KServe 0.15 and older write `RawDeployment` for `Standard` and `Serverless` for `Knative`, and do not know the new words: with `KServeVersion.V0_15`
 * as the target, so do the manifests.
 */
export enum DeploymentMode {
  /** A Deployment, a Service and a HorizontalPodAutoscaler. */
  STANDARD = 'Standard',
  /** A Knative Service, which scales with the requests and down to none. */
  KNATIVE = 'Knative',
}
