import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The releases that the simulator knows and whose router can be asked, beside the newest: those of which the Go module proxy has a module. */
export const OLD_ROUTERS = ['0.15.0', '0.15.2', '0.16.0', '0.17.0', '0.19.0'] as const;

/** A release that the simulator knows and whose router can be asked. */
export type OldRouter = typeof OLD_ROUTERS[number];

/** The releases before, which rules are about: these can be asked for their router … */
export type OlderRouter = '0.10.2' | '0.11.1' | '0.12.1' | '0.13.0';

/** … and these for their controller of graphs. */
export type OlderController = '0.11.2' | '0.12.0';

/** The programs that `npx projen conformance:build` makes, and those for older releases, that `conformance:old` does. */
export type Program = 'oracle' | 'router' | 'gostd' | 'oracle-0.15' | 'oracle-0.15.0' | `router-${OldRouter | OlderRouter}` | `controller-${OlderController}`;

/** Bytes as base64: neither conditions nor bodies need be UTF-8. */
export type Base64 = string;

/** What the router's GJSON selects. */
export interface GjsonQuestion {
  readonly ask: 'gjson';
  readonly json: Base64;
  readonly path: Base64;
}

export interface GjsonAnswer {
  readonly exists: boolean;
  readonly type: 'Null' | 'False' | 'Number' | 'String' | 'True' | 'JSON';
  readonly raw: Base64;
  readonly valid: boolean;
}

/** What a control plane says to a create request (`admit` for an InferenceGraph, `admit-isvc` for an InferenceService; the others for runtimes). */
export interface AdmitQuestion {
  readonly ask: 'admit' | 'admit-isvc' | 'admit-runtime' | 'admit-cluster-runtime';
  readonly object: unknown;
  /** The runtimes that the cluster has already. */
  readonly beside?: readonly unknown[];
}

/** Three separate verdicts; empty means accepted. */
export interface AdmitAnswer {
  /** The API server's own words: metadata, CRD schema, unique keys of lists. */
  readonly schema: readonly string[];
  /** Paths that strict field validation refuses and that are dropped otherwise. */
  readonly unknown: readonly string[];
  /** The webhook's words. `null`: it cannot read the object and has no say. */
  readonly webhook: string | null;
  /** Why the webhook server cannot read the object into its Go type. Where the schema is met, this is the refusal that a user sees. */
  readonly undecodable?: string;
  /** `admit-isvc` only: the object after KServe's mutating webhook. */
  readonly defaulted?: unknown;
}

export interface ReconcileQuestion {
  readonly ask: 'reconcile';
  /** An InferenceGraph. */
  readonly graph: unknown;
  /** InferenceServices with their status; runtimes beside the shipped ones. */
  readonly services: readonly unknown[];
  /** KServe 0.15 calls them RawDeployment and Serverless. */
  readonly mode: 'Standard' | 'Knative' | 'RawDeployment' | 'Serverless';
  /** Replaces keys of the shipped ConfigMap inferenceservice-config. */
  readonly config?: Record<string, unknown>;
  /** A cluster without Knative Serving. */
  readonly noKnative?: boolean;
}

export interface ReconcileAnswer {
  readonly objects: readonly unknown[];
  /** The graph's status once its Deployment is available. */
  readonly status: unknown;
  /** What the controller returned; controller-runtime logs it and tries again. */
  readonly reconcileError?: string;
  readonly events?: readonly string[];
}

export interface AddressQuestion {
  readonly ask: 'address';
  /** An InferenceService in Knative mode. */
  readonly service: unknown;
  /** Replaces keys of the shipped ConfigMap inferenceservice-config. */
  readonly config?: Record<string, unknown>;
}

export interface AddressAnswer {
  /** What the controller writes as `status.address.url`. */
  readonly address: string;
}

export interface PodSecurityQuestion {
  readonly ask: 'pod-security';
  readonly podSpec: unknown;
}

export interface PodSecurityAnswer {
  /** What breaks the Pod Security Standard "restricted". */
  readonly violations: readonly { readonly reason: string; readonly detail: string }[];
}

/** One answer of a stubbed service. Without a status it is a failure to connect. */
export interface Stub {
  readonly status?: number;
  readonly body?: Base64;
  readonly headers?: Record<string, readonly string[]>;
  readonly fail?: string;
  /** Milliseconds; they pass on a clock of their own and cost no time. */
  readonly delay?: number;
}

export interface RouteQuestion {
  readonly ask: 'route';
  /** An InferenceGraph's spec. */
  readonly graph: unknown;
  /** By serviceUrl: one entry answers always, several one after another, the last of them again. */
  readonly stubs: Record<string, readonly Stub[]>;
  readonly request: Base64;
  readonly headers?: Record<string, readonly string[]>;
  /** PROPAGATE_HEADERS, split at its commas. */
  readonly propagate?: readonly string[];
  /** What the Splitters draw, each 0 to 99; the last repeats. @default - real random numbers */
  readonly draws?: readonly number[];
}

/** A request that a step made. */
export interface Call {
  readonly url: string;
  readonly body: Base64;
  readonly headers: Record<string, readonly string[]>;
}

export interface RouteAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: Base64;
  /** In the order of time; the calls of one moment (an Ensemble's steps) in the order of their URLs and bodies. */
  readonly calls: readonly Call[];
}

/** The code that was asked panicked. */
export interface Panicked {
  readonly panic: string;
  readonly calls?: readonly Call[];
}

/** The router would not start with this graph. */
export interface Refused {
  readonly refused: string;
}

/** The program ended at this question (a stack overflow ends a Go program). */
export interface Died {
  readonly died: string;
}

/** A program keeps what a failed Ensemble leaves behind, so it is not asked without end. */
const QUESTIONS_PER_PROCESS = 20_000;

export function binary(program: Program): string {
  return join(__dirname, '..', 'bin', program);
}

/** Whether the programs are built; a test that needs them says so and fails, it does not skip. */
export function isBuilt(program: Program): boolean {
  return existsSync(binary(program));
}

export function base64(bytes: string | Uint8Array): Base64 {
  return Buffer.from(bytes).toString('base64');
}

export function text(encoded: Base64): string {
  return Buffer.from(encoded, 'base64').toString('utf8');
}

/**
 * Asks a program all questions and returns its answers in the same order.
 *
 * @throws when the program is not built, or answers that it does not understand a question.
 */
export async function ask<Answer>(program: Program, questions: readonly unknown[]): Promise<Answer[]> {
  if (!isBuilt(program)) {
    throw new Error(`the program '${program}' is not built, got no file ${binary(program)}: run npx projen ${program.includes('-') ? 'conformance:old' : 'conformance:build'}`);
  }
  const answers: Answer[] = [];
  while (answers.length < questions.length) {
    const batch = questions.slice(answers.length, answers.length + QUESTIONS_PER_PROCESS);
    const { lines, stderr } = await run(binary(program), batch);
    for (const [index, line] of lines.entries()) {
      const answer = JSON.parse(line) as Answer & { error?: string };
      if (answer.error !== undefined) {
        throw new Error(`the program '${program}' does not understand ${JSON.stringify(batch[index])}: ${answer.error}`);
      }
      answers.push(answer);
    }
    if (lines.length < batch.length) answers.push({ died: stderr } as Answer);
  }
  return answers;
}

async function run(file: string, questions: readonly unknown[]): Promise<{ lines: string[]; stderr: string }> {
  const child = spawn(file, { env: { ...process.env, GOTRACEBACK: 'none' } });
  const closed = new Promise<void>((resolve, reject) => child.once('close', () => resolve()).once('error', reject));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => { stderr += chunk; });
  const sent = pipeline(Readable.from(questions.map((question) => JSON.stringify(question) + '\n')), child.stdin)
    .catch(() => undefined); // the program died: the answers that are missing say so
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  await Promise.all([sent, closed]);
  return { lines, stderr: stderr.trim() };
}
