import { urlProblem } from '../../spec/url';
import { sequence } from '../examples';
import { Severity } from '../severity';
import { quote } from '../words';
import { LABEL_LENGTH, NAME } from './name';
import type { Rule } from '../rule';

const serviceName: Rule = {
  id: 'service-name',
  severity: Severity.ERROR,
  title: 'a serviceName that no InferenceService can have',
  why: 'The controller looks the InferenceService up, does not find it, and tries again for ever: the graph never becomes ready.',
  source: 'pkg/controller/v1alpha1/inferencegraph/controller.go and pkg/apis/serving/v1beta1/inference_service_validation.go, v0.20.0',
  fails: sequence({ serviceName: 'Cat_Dog' }),
  mended: sequence({ serviceName: 'cat-dog' }),
  check: ({ steps }, report) => steps.forEach((step) => {
    if (step.serviceName !== undefined && (!NAME.test(step.serviceName) || step.serviceName.length > LABEL_LENGTH)) {
      report(
        step.at('serviceName'),
        `${step} calls a service whose name is no DNS label of at most ${LABEL_LENGTH} characters, got ${quote(step.serviceName)}`,
        "write the InferenceService's metadata.name",
      );
    }
  }),
};

const serviceUrl: Rule = {
  id: 'service-url',
  severity: Severity.ERROR,
  title: 'a serviceUrl that the router cannot call',
  why: 'The router parses the URL on each request; every request that reaches the step gets 500.',
  source: 'cmd/router/main.go (callService), v0.15.0 to v0.20.0',
  fails: sequence({ serviceUrl: 'cat-dog.default.svc.cluster.local/v1/models/cat-dog:predict' }),
  mended: sequence({ serviceUrl: 'http://cat-dog.default.svc.cluster.local/v1/models/cat-dog:predict' }),
  check: ({ steps }, report) => steps.forEach((step) => {
    const problem = step.serviceUrl === undefined ? undefined : urlProblem(step.serviceUrl);
    if (problem !== undefined) {
      report(
        step.at('serviceUrl'),
        `${step} calls a URL that ${problem}, got ${quote(step.serviceUrl)}`,
        'write it as http://<host>/<path>, with no placeholder left',
      );
    }
  }),
};

export const targetRules: readonly Rule[] = [serviceName, serviceUrl];
