import { isMap } from '../../json';
import { Authority } from '../../rule';
import { Severity } from '../../severity';
import { sklearn } from '../examples';
import type { ServiceRule } from '../rule';

const COMPONENT = 'pkg/apis/serving/v1beta1/component.go (validateLogger), v0.20.0';

const loggerMode: ServiceRule = {
  id: 'logger-mode',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a logger without a mode',
  why: "KServe's webhook refuses the service: the API's comment says that 'all' is the default, but nothing sets it.",
  source: COMPONENT,
  fails: sklearn({ logger: { url: 'http://logs' } }),
  mended: sklearn({ logger: { url: 'http://logs', mode: 'all' } }),
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
    if (component.fields.logger !== undefined && !component.map('logger').mode) {
      report(component.at('logger'), `the logger of ${component} has no mode`, "write 'all', 'request' or 'response'");
    }
  }),
};

const loggerStorage: ServiceRule = {
  id: 'logger-storage',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'a storage of a logger that does not say where',
  why: "KServe's webhook refuses the service: path, parameters and key are all required, though the CRD requires none.",
  source: COMPONENT.replace('v0.20.0', 'v0.16.0 to v0.20.0'),
  fails: sklearn({ logger: { mode: 'all', storage: { path: 'logs' } } }),
  mended: sklearn({ logger: { mode: 'all', storage: { path: 'logs', parameters: { type: 's3' }, key: 'logs' } } }),
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
    const { storage } = component.map('logger');
    const missing = isMap(storage) ? ['path', 'parameters', 'key'].filter((name) => storage[name] === undefined) : [];
    if (missing.length > 0) {
      report(component.at('logger', 'storage'), `the logger of ${component} has a storage without ${missing.join(' and ')}`, 'write path, parameters and key');
    }
  }),
};

export const serviceLoggerRules: readonly ServiceRule[] = [loggerMode, loggerStorage];
