import { quantityOf } from '../../../spec/quantity';
import { Severity } from '../../severity';
import { quote } from '../../words';
import { sklearn } from '../examples';
import { eachContainer } from '../model';
import type { ServiceRule } from '../rule';
import { runtimeServing } from '../serving-runtime';

const requestsAboveLimits: ServiceRule = {
  id: 'requests-above-limits',
  severity: Severity.ERROR,
  title: 'a request above its limit',
  why: 'The API server refuses the pods, and the Deployment never has any. Of GPUs and the like, request and limit must even be equal.',
  source: "Kubernetes' validation of resources; KServe's webhook does not look",
  fails: sklearn({}, { resources: { requests: { memory: '2Gi' }, limits: { memory: '1Gi' } } }),
  mended: sklearn({}, { resources: { requests: { memory: '1Gi' }, limits: { memory: '2Gi' } } }),
  check: (model, report) => eachContainer(model, (container, where) => Object.entries(container.requests).forEach(([name, requested]) => {
    const limit = container.limits[name];
    const [request, most] = [quantityOf(requested), quantityOf(limit)];
    const extended = name.includes('/');
    const place = container.at('resources', 'requests', name);
    if (request === undefined) {
      return;
    }
    if (extended && limit === undefined) {
      report(place, `${where} requests '${name}' without a limit, got ${quote(requested)}`, `set the limit of '${name}' to the same number`);
    } else if (most !== undefined && request > most) {
      report(place, `${where} requests more '${name}' than its limit, got ${quote(requested)} and ${quote(limit)}`, 'raise the limit, or lower the request');
    } else if (extended && most !== undefined && request !== most) {
      report(place, `${where} must request as many '${name}' as its limit, got ${quote(requested)} and ${quote(limit)}`, 'make them equal, or leave the request out');
    }
  })),
};

const wholeDevices: ServiceRule = {
  id: 'whole-devices',
  severity: Severity.ERROR,
  title: 'a part of a GPU',
  why: 'The API server refuses the pods: GPUs and the like are counted in whole ones.',
  source: "Kubernetes' validation of resources; KServe's webhook does not look",
  fails: sklearn({}, { resources: { limits: { 'nvidia.com/gpu': '500m' } } }),
  mended: sklearn({}, { resources: { limits: { 'nvidia.com/gpu': '1' } } }),
  check: (model, report) => eachContainer(model, (container, where) => Object.entries(container.limits).forEach(([name, limit]) => {
    const count = quantityOf(limit);
    if (name.includes('/') && count !== undefined && !Number.isInteger(count)) {
      report(container.at('resources', 'limits', name), `${where} must have a whole number of '${name}', got ${quote(limit)}`, 'give a whole number');
    }
  })),
};

const negativeResource: ServiceRule = {
  id: 'negative-resource',
  severity: Severity.ERROR,
  title: 'a negative quantity of a resource',
  why: 'The API server refuses the pods.',
  source: "Kubernetes' validation of resources; KServe's webhook does not look",
  fails: sklearn({}, { resources: { limits: { cpu: '-1' } } }),
  mended: sklearn({}, { resources: { limits: { cpu: '1' } } }),
  check: (model, report) => eachContainer(model, (container, where) => (['limits', 'requests'] as const).forEach((kind) => {
    Object.entries(container[kind]).filter(([, quantity]) => (quantityOf(quantity) ?? 0) < 0).forEach(([name, quantity]) => {
      report(container.at('resources', kind, name), `${where} must not have a negative quantity of '${name}', got ${quote(quantity)}`, 'give it without the sign');
    });
  })),
};

const aboveRuntime: ServiceRule = {
  id: 'resources-against-runtime',
  severity: Severity.ERROR,
  title: 'a request above the limit of the runtime, or a limit below its request',
  why: "What the model does not say of cpu and memory is the runtime's: KServe's ask for 1 cpu and 2Gi, and have the same as limit. "
    + 'A request above the limit makes a Deployment that the API server refuses, on every reconcile.',
  source: 'config/runtimes, v0.15.2 to v0.20.0, and pkg/controller/v1beta1/inferenceservice/utils/utils.go (MergeRuntimeContainers), v0.20.0',
  fails: sklearn({}, { resources: { requests: { cpu: '2' } } }),
  mended: sklearn({}, { resources: { requests: { cpu: '2' }, limits: { cpu: '2' } } }),
  check: (service, report) => {
    const runtime = runtimeServing(service);
    const [container] = service.predictor.containers;
    if (runtime?.resources === undefined || service.predictor.modelKeys.length !== 1) {
      return;
    }
    const { requests = {}, limits = {} } = runtime.resources;
    for (const name of new Set([...Object.keys(container.requests), ...Object.keys(container.limits)])) {
      const own = { request: container.requests[name], limit: container.limits[name] };
      const [request, limit] = [own.request ?? requests[name], own.limit ?? limits[name]];
      const [least, most] = [quantityOf(request) ?? 0, quantityOf(limit) ?? Infinity];
      // below 0 is told by itself
      const isAbove = most >= 0 && least > most;
      if (isAbove && own.limit === undefined) {
        report(
          container.at('resources', 'requests', name),
          `the predictor requests more '${name}' than the limit of runtime '${runtime.name}', got ${quote(request)} and ${quote(limit)}`,
          `write the limit of '${name}' as well`,
        );
      } else if (isAbove && own.request === undefined) {
        report(
          container.at('resources', 'limits', name),
          `the predictor has a limit of '${name}' below what runtime '${runtime.name}' requests, got ${quote(limit)} and ${quote(request)}`,
          `write the request of '${name}' as well`,
        );
      }
    }
  },
};

export const serviceResourceRules: readonly ServiceRule[] = [requestsAboveLimits, wholeDevices, negativeResource, aboveRuntime];
