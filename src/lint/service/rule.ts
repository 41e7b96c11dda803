import type { ServiceModel } from './model';
import type { InferenceServiceManifest } from '../../spec/inference-service';
import type { Report, Rule } from '../rule';

/** One mistake in an InferenceService that the linter knows. */
export interface ServiceRule extends Omit<Rule, 'mended' | 'check'> {
  readonly mended: InferenceServiceManifest;
  readonly check: (service: ServiceModel, report: Report) => void;
}
