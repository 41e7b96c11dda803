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
  title: 'a logger with half a storage',
  why: "KServe's webhook refuses the service: path, parameters and key must all be there.",
  source: COMPONENT,
  fails: sklearn({ logger: { mode: 'all', storage: { path: 'payloads', key: 'store' } } }),
  mended: sklearn({ logger: { mode: 'all', storage: { path: 'payloads', key: 'store', parameters: { type: 's3' } } } }),
  check: ({ everyComponent }, report) => everyComponent.forEach((component) => {
    const storage = component.map('logger').storage as { [key: string]: unknown } | undefined;
    const missing = storage === undefined ? [] : ['path', 'parameters', 'key'].filter((key) => storage[key] === undefined);
    if (missing.length > 0) {
      report(component.at('logger', 'storage'), `the logger's storage of ${component} has no ${missing.join(' and no ')}`, 'add it');
    }
  }),
};

export const serviceLoggerRules: readonly ServiceRule[] = [loggerMode, loggerStorage];
