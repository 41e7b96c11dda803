import { builtInRuntimes, CLUSTER_SERVING_RUNTIME_KIND, PROTOCOLS } from '../../../spec/runtimes';
import type { Path } from '../../diagnostic';
import { listOf } from '../../json';
import { at, Authority } from '../../rule';
import type { Report } from '../../rule';
import { Severity } from '../../severity';
import { fixOfSlip } from '../../slip';
import { nearest, quote } from '../../words';
import { named, ofCluster, runtime } from '../examples';
import type { FormatModel, RuntimeModel } from '../model';
import { Priorities } from '../priorities';
import type { RuntimeRule } from '../rule';

const WEBHOOK = 'pkg/webhook/admission/servingruntime/servingruntime_webhook.go, v0.15.2 to v0.20.0';
const SELECTION = 'pkg/apis/serving/v1beta1/predictor_model.go, v0.15.2 to v0.20.0';

const noFormat: RuntimeRule = {
  id: 'runtime-formats',
  severity: Severity.ERROR,
  title: 'a runtime without formats',
  why: 'No service can have it: KServe refuses a runtime for a model whose format it does not list, whether it is named or chosen.',
  source: SELECTION,
  fails: runtime({ supportedModelFormats: [] }),
  mended: runtime(),
  check: (model, report) => {
    if (model.isEnabled && model.formats.length === 0) {
      report(at('spec', 'supportedModelFormats'), `${model} serves no format`, 'name the formats that it serves');
    }
  },
};

const priority: RuntimeRule = {
  id: 'runtime-priority',
  severity: Severity.ERROR,
  authority: Authority.SCHEMA,
  title: 'a priority below 1',
  why: 'The API server refuses the runtime: it does not match the schema of the CRD.',
  source: 'config/crd/full/serving.kserve.io_servingruntimes.yaml, v0.15.2 to v0.20.0',
  fails: runtime({ supportedModelFormats: [{ name: 'our-format', autoSelect: true, priority: 0 }] }),
  mended: runtime({ supportedModelFormats: [{ name: 'our-format', autoSelect: true, priority: 1 }] }),
  check: ({ formats }, report) => formats.forEach((format) => {
    if (format.priority !== undefined && format.priority < 1) {
      report(priorityAt(format), `the priority of the format '${format.name}' must be 1 or more, got ${format.priority}`, 'give such a number, or leave it out');
    }
  }),
};

const twoPriorities: RuntimeRule = {
  id: 'runtime-priorities',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'two priorities for one format',
  why: "KServe's webhook refuses the runtime, as soon as there is another one in the namespace, or the runtime is changed.",
  source: `${WEBHOOK} (validateModelFormatPrioritySame)`,
  fails: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 1 }, { name: 'our-format', version: '2', autoSelect: true, priority: 2 }] }),
  mended: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 1 }, { name: 'our-format', version: '2', autoSelect: true, priority: 1 }] }),
  check: (model, report) => model.formats.forEach((format) => {
    const other = refusedWith(format, model);
    if (other !== undefined) {
      report(priorityAt(format), `the format '${format.name}' has two priorities, got ${other} and ${format.priority}`, 'give all its versions one');
    }
  }),
};

/** The other priority that the format has where KServe chooses by itself. */
function refusedWith({ name, autoSelect, priority: own }: FormatModel, model: RuntimeModel): number | undefined {
  const first = model.priorityOf(name).chosen?.priority;
  return model.isEnabled && autoSelect && own !== undefined && first !== own ? first : undefined;
}

const ignoredPriority: RuntimeRule = {
  id: 'runtime-priority-ignored',
  severity: Severity.WARNING,
  title: 'a priority behind the first entry of its format',
  why: "KServe takes a format's priority from the first entry with its name, whatever its version, and whether it may choose that entry or not.",
  source: 'pkg/apis/serving/v1alpha1/servingruntime_types.go (GetPriority), v0.15.2 to v0.20.0',
  fails: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true }, { name: 'our-format', version: '2', autoSelect: true, priority: 2 }] }),
  mended: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 2 }, { name: 'our-format', version: '2', autoSelect: true, priority: 2 }] }),
  check: (model, report) => model.formats.forEach((format) => {
    const { first } = model.priorityOf(format.name);
    if (format.priority !== undefined && format.priority !== first && refusedWith(format, model) === undefined) {
      report(
        priorityAt(format),
        `the priority of the format '${format.name}' is that of its first entry, ${first ?? 'which has none'}, got ${format.priority}`,
        'give all its entries one',
      );
    }
  }),
};

const idlePriority: RuntimeRule = {
  id: 'runtime-priority-unused',
  severity: Severity.INFO,
  title: 'a priority of a format that KServe never chooses by itself',
  why: 'Priorities decide between runtimes that KServe may choose; without autoSelect a model has to name the runtime.',
  source: SELECTION,
  fails: runtime({ supportedModelFormats: [{ name: 'our-format', priority: 1 }] }),
  mended: runtime({ supportedModelFormats: [{ name: 'our-format', autoSelect: true, priority: 1 }] }),
  check: (model, report) => model.formats.forEach((format) => {
    if (format.priority !== undefined && model.priorityOf(format.name).chosen === undefined) {
      report(priorityAt(format), `the priority of the format '${format.name}' has no effect without autoSelect, got ${format.priority}`, 'set autoSelect, or leave the priority out');
    }
  }),
};

const takenPriority: RuntimeRule = {
  id: 'runtime-priority-taken',
  severity: Severity.ERROR,
  authority: Authority.WEBHOOK,
  title: 'two runtimes with one priority for a format',
  why: "KServe's webhook refuses the second of two runtimes of a namespace, or of the cluster, between which it could not choose: they share a protocol, and "
    + 'for one version of a format that it may choose by itself they have the same priority.',
  source: `${WEBHOOK} (validateServingRuntimePriority)`,
  beside: [named('their-server', runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 1 }] }))],
  fails: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 1 }] }),
  mended: runtime({ supportedModelFormats: [{ name: 'our-format', version: '1', autoSelect: true, priority: 2 }] }),
  check: (model, report) => reportTaken(model, model.priorities, '', report),
};

const builtInPriority: RuntimeRule = {
  id: 'runtime-priority-built-in',
  severity: Severity.WARNING,
  title: "a runtime with the priority that one of KServe's own has for a format",
  why: "KServe's webhook refuses the runtime where KServe's own ClusterServingRuntimes are installed, as they usually are.",
  source: `${WEBHOOK} (validateServingRuntimePriority), and config/runtimes`,
  fails: ofCluster(runtime({ supportedModelFormats: [{ name: 'sklearn', version: '1', autoSelect: true, priority: 2 }] })),
  mended: ofCluster(runtime({ supportedModelFormats: [{ name: 'sklearn', version: '1', autoSelect: true, priority: 3 }] })),
  check: (model, report) => {
    if (model.kind === CLUSTER_SERVING_RUNTIME_KIND) {
      const { scope, priorities } = model;
      const shipped = new Priorities();
      // one of the same name stands in for KServe's
      builtInRuntimes(model.release).filter(({ name }) => !priorities.has(scope, name)).forEach((known) => shipped.add(scope, known));
      reportTaken(model, shipped, "KServe's own ", report);
    }
  },
};

function reportTaken(model: RuntimeModel, priorities: Priorities, whose: string, report: Report): void {
  for (const { index, by } of priorities.takenFrom(model.scope, model.chosenBy)) {
    const format = model.formats[index];
    report(
      priorityAt(format), `${whose}${model.kind} '${by}' has the priority for the format '${format.name}' too, got ${format.priority}`,
      'give another: the higher one is chosen',
    );
  }
}

const protocolName: RuntimeRule = {
  id: 'runtime-protocol-name',
  severity: Severity.WARNING,
  title: 'a protocol that no model asks for',
  why: 'KServe compares the text with that of the model, which is v1, v2, grpc-v1 or grpc-v2: the runtime is never chosen by another one.',
  source: SELECTION,
  fails: runtime({ protocolVersions: ['V2'] }),
  mended: runtime({ protocolVersions: ['v2'] }),
  check: ({ spec }, report) => listOf(spec.protocolVersions).forEach((protocol, i) => {
    const meant = typeof protocol !== 'string' || PROTOCOLS.includes(protocol) ? undefined : nearest(protocol, PROTOCOLS);
    if (meant !== undefined) {
      const path: Path = ['spec', 'protocolVersions', i];
      report(
        at(...path), `a runtime has a protocol that no model asks for, got ${quote(protocol)}`, `did you mean '${meant}'?`,
        fixOfSlip(path, protocol as string, meant, PROTOCOLS),
      );
    }
  }),
};

function priorityAt({ path }: FormatModel): { path: Path } {
  return at(...path, 'priority');
}

export const runtimeFormatRules: readonly RuntimeRule[] = [
  noFormat, priority, twoPriorities, ignoredPriority, idlePriority, takenPriority, builtInPriority, protocolName,
];
