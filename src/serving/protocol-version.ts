/**
 * The protocol that a model is called by. A graph calls by v1 and v2 only.
 */
export enum ProtocolVersion {
  /** `POST /v1/models/<name>:predict` with `{"instances": […]}`, answered by `{"predictions": […]}`. */
  V1 = 'v1',
  /** The Open Inference Protocol: `POST /v2/models/<name>/infer` with `{"inputs": […]}`, answered by `{"outputs": […]}`. */
  V2 = 'v2',
  /** TensorFlow Serving's gRPC. */
  GRPC_V1 = 'grpc-v1',
  /** The Open Inference Protocol over gRPC. */
  GRPC_V2 = 'grpc-v2',
}
