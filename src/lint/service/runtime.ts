import type { RuntimeSpec } from '../../spec/runtimes';
import type { Diagnostic, Path } from '../diagnostic';
import { Severity } from '../severity';
import { quote } from '../words';

/** What is wrong with a ServingRuntime or ClusterServingRuntime (config/crd/full and pkg/webhook/admission/servingruntime, v0.20.0). */
export function lintRuntime({ name, formats, protocolVersions }: RuntimeSpec, kind: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  const report = (rule: string, path: Path, message: string, help: string) => found.push({ rule, severity: Severity.ERROR, path, message, help });
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) || name.length > 253) {
    report('runtime-name', ['metadata', 'name'], `the name of a ${kind} must be lower-case letters, digits, '-' and '.', got ${quote(name)}`, 'rename it');
  }
  if (formats.length === 0) {
    report('runtime-formats', ['spec', 'supportedModelFormats'], `${kind} '${name}' serves no format, got an empty list`, 'name the formats that it serves');
  }
  formats.forEach((format, i) => {
    if (format.priority !== undefined && !(Number.isInteger(format.priority) && format.priority >= 1)) {
      report(
        'runtime-priority', ['spec', 'supportedModelFormats', i, 'priority'],
        `the priority of the format '${format.name}' must be a whole number from 1, got ${format.priority}`, 'give such a number, or leave it out',
      );
    }
    if (format.priority !== undefined && !format.autoSelect) {
      report(
        'runtime-priority', ['spec', 'supportedModelFormats', i, 'priority'],
        `the priority of the format '${format.name}' has no effect without autoSelect, got ${format.priority}`, 'set autoSelect, or leave the priority out',
      );
    }
    const other = formats.findIndex(({ name: of }) => of === format.name);
    if (formats[other].priority !== format.priority) {
      report(
        'runtime-priority', ['spec', 'supportedModelFormats', i, 'priority'],
        `the format '${format.name}' has two priorities, got ${formats[other].priority} and ${format.priority}`, 'KServe refuses that: give all its versions one',
      );
    }
  });
  if (protocolVersions.some((protocol, i) => protocolVersions.indexOf(protocol) < i)) {
    report('runtime-protocols', ['spec', 'protocolVersions'], `${kind} '${name}' names a protocol twice, got ${protocolVersions.join(', ')}`, 'name each once');
  }
  return found;
}
