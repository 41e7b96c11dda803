/** Something that renders to an InferenceGraph: the `InferenceGraph` construct, or a class of your own. */
export interface IGraphSource {
  /** The graph's name, for messages and traces. */
  readonly name: string;

  /** The rendered `spec` of the InferenceGraph, as JSON text. */
  specAsJson(): string;
}
