/** The protocols of the runtimes that KServe ships, in their order (config/runtimes, v0.20.0); none: any. */
export const SHIPPED_RUNTIMES: { readonly [name: string]: readonly string[] } = {
  'kserve-autogluonserver': ['v1', 'v2'],
  'kserve-huggingfaceserver': ['v2', 'v1'],
  'kserve-huggingfaceserver-multinode': ['v2', 'v1'],
  'kserve-lgbserver': ['v1', 'v2'],
  'kserve-mlserver': ['v2'],
  'kserve-openvino': ['v1', 'v2', 'grpc-v2'],
  'kserve-paddleserver': ['v1', 'v2'],
  'kserve-pmmlserver': ['v1', 'v2'],
  'kserve-predictiveserver': ['v1', 'v2'],
  'kserve-sklearnserver': ['v1', 'v2'],
  'kserve-tensorflow-serving': ['v1', 'grpc-v1'],
  'kserve-torchserve': ['v1', 'v2', 'grpc-v2'],
  'kserve-tritonserver': ['v2', 'grpc-v2'],
  'kserve-vllmserver': [],
  'kserve-xgbserver': ['v1', 'v2'],
};
