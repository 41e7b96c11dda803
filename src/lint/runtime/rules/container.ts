import { KSERVE_CONTAINER, WORKER_CONTAINER } from '../../../spec/inference-service';
import { BLOCKED_VARIABLE, reportBlocked } from '../../blocked-variable';
import type { ContainerModel } from '../../container';
import { fieldsOf, isMap, textOf } from '../../json';
import { at, Authority } from '../../rule';
import { Severity } from '../../severity';
import { listed, quote } from '../../words';
import { reportWorkers } from '../../workers';
import { container, runtime } from '../examples';
import type { RuntimeRule } from '../rule';

const WEBHOOK = 'pkg/webhook/admission/servingruntime/servingruntime_webhook.go';

const ownContainer: RuntimeRule = {
  id: 'runtime-container',
  severity: Severity.ERROR,
  title: 'a runtime without the container in which KServe runs a model',
  why: "The controller fails on every reconcile of a service that has the runtime: it looks for a container 'kserve-container', and in workers for 'worker-container'.",
  source: 'pkg/controller/v1beta1/inferenceservice/utils/utils.go (MergeServingRuntimeAndInferenceServiceSpecs), v0.15.2 to v0.20.0',
  fails: runtime({ containers: [container({}, 'server')] }),
  mended: runtime({ containers: [container()] }),
  check: ({ spec, containers, workerContainers, isEnabled }, report) => {
    const missing = (name: string, among: readonly ContainerModel[]) => !among.some(({ fields }) => fields.name === name);
    if (!isEnabled || spec.multiModel === true) {
      return;
    }
    if (missing(KSERVE_CONTAINER, containers)) {
      report(at('spec', 'containers'), `the runtime has no container '${KSERVE_CONTAINER}', got ${namesOf(containers)}`, 'name the container of the model server so');
    }
    if (isMap(spec.workerSpec) && workerContainers.length > 0 && missing(WORKER_CONTAINER, workerContainers)) {
      report(
        at('spec', 'workerSpec', 'containers'),
        `the workers of the runtime have no container '${WORKER_CONTAINER}', got ${namesOf(workerContainers)}`,
        'name the container of the worker so',
      );
    }
  },
};

function namesOf(containers: readonly ContainerModel[]): string {
  return listed(containers.flatMap(({ fields }) => textOf(fields.name) ?? []).map(quote), ' and ') || 'none';
}

const blockedVariable: RuntimeRule = {
  ...BLOCKED_VARIABLE,
  why: "KServe's webhook refuses the runtime: the variable would let other code run in KServe's servers.",
  source: `${WEBHOOK} (validateBlockedEnvVars), v0.20.0, and not up to v0.17.0`,
  fails: runtime({ containers: [container({ env: [{ name: 'PYTHONPATH', value: '/code' }] })] }),
  mended: runtime({ containers: [container({ env: [{ name: 'CODE', value: '/code' }] })] }),
  check: ({ containers, workerContainers, isEnabled }, report) => (isEnabled ? [...containers, ...workerContainers] : []).forEach((one) => {
    reportBlocked(one, `the container ${quote(textOf(one.fields.name) ?? '')}`, report);
  }),
};

const workers: RuntimeRule = {
  id: 'runtime-workers',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'workers of a runtime of which something is missing, or too much',
  why: "KServe's webhook refuses the runtime: workers have one container, sizes from 1 that no variable says, and devices that KServe knows.",
  source: `${WEBHOOK} (validateMultiNodeSpec), v0.15.2 to v0.20.0`,
  fails: runtime({ workerSpec: { pipelineParallelSize: 0, containers: [container({}, WORKER_CONTAINER)] } }),
  mended: runtime({ workerSpec: { pipelineParallelSize: 2, containers: [container({}, WORKER_CONTAINER)] } }),
  check: ({ spec, containers, workerContainers, isEnabled }, report) => {
    const { workerSpec } = spec;
    if (!isEnabled || !isMap(workerSpec)) {
      return;
    }
    if (Array.isArray(workerSpec.containers) && workerSpec.containers.length !== 1) {
      report(at('spec', 'workerSpec', 'containers'), `a worker must have one container, got ${workerSpec.containers.length}`, `keep '${WORKER_CONTAINER}' alone`);
    }
    reportWorkers({
      path: ['spec', 'workerSpec'],
      spec: workerSpec,
      words: 'a runtime with workers',
      first: containers.filter(({ fields }) => fields.name === KSERVE_CONTAINER),
      further: workerContainers.slice(0, 1).filter(({ fields }) => fields.name === WORKER_CONTAINER),
      annotations: fieldsOf(spec.annotations),
      annotationsAt: ['spec', 'annotations'],
    }, report);
  },
};

export const runtimeContainerRules: readonly RuntimeRule[] = [ownContainer, blockedVariable, workers];
