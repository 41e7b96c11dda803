import type { KnownService } from './known-service';
import type { DeploymentModeName } from './metadata';

/** The name of an LLMInferenceService; without a namespace it is applied to whichever. */
export interface LlmService {
  readonly name: string;
  readonly namespace?: string;
}

/** What is known beside the document. */
export interface LintContext {
  /** As `major.minor.patch`. @default - the newest that this package knows */
  readonly kserveVersion?: string;
  /** The cluster's default mode. @default - not known */
  readonly deploymentMode?: DeploymentModeName;
  /** The InferenceServices of the same input or app. @default - none */
  readonly services?: readonly KnownService[];
  /** The LLMInferenceServices of the same input or app. @default - none */
  readonly llmServices?: readonly LlmService[];
  /** Whether the app runs the router itself, and KServe's controller sees no graph. @default false */
  readonly standalone?: boolean;
}
