import type { RuntimeModel } from './model';
import type { ServingRuntimeManifest } from '../../spec/runtimes';
import type { Report, Rule } from '../rule';

/** One mistake in a ServingRuntime or ClusterServingRuntime that the linter knows. */
export interface RuntimeRule extends Omit<Rule, 'mended' | 'check' | 'services' | 'mode' | 'byController'> {
  readonly mended: ServingRuntimeManifest;
  /** The runtimes in the file of the two examples. */
  readonly beside?: readonly ServingRuntimeManifest[];
  readonly check: (runtime: RuntimeModel, report: Report) => void;
}
