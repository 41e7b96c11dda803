import type { IConstruct } from 'constructs';
import { alternatives, quote } from '../lint/words';
import { fail } from '../private/fail';
import { NEWEST_RELEASE, patchOf, releaseOf, RELEASES, routerImageOf } from '../spec/versions';
import type { Release } from '../spec/versions';

/** Where an app, chart or construct keeps its version; a global symbol, so that two copies of this package know each other's. */
const VERSION = Symbol.for('cdk8s-kserve.KServeVersion');

/**
 * The KServe that the cluster runs. It decides how deployment modes are called, which fields may be used, and which router image is meant.
 *
 * Say it once for an app, a chart or a single construct, by `applyTo()` or as context value `cdk8s-kserve/version`. The nearest one counts.
 *
 * @example
 * KServeVersion.V0_16.applyTo(chart);
 */
export class KServeVersion {
  /** KServe 0.15 (0.15.2). */
  public static readonly V0_15 = new KServeVersion('0.15');
  /** KServe 0.16 (0.16.0). */
  public static readonly V0_16 = new KServeVersion('0.16');
  /** KServe 0.17 (0.17.0). */
  public static readonly V0_17 = new KServeVersion('0.17');
  /** KServe 0.18 (0.18.1). */
  public static readonly V0_18 = new KServeVersion('0.18');
  /** KServe 0.19 (0.19.0). */
  public static readonly V0_19 = new KServeVersion('0.19');
  /** KServe 0.20 (0.20.0). */
  public static readonly V0_20 = new KServeVersion('0.20');

  /** The context key: its value is a version as `parse()` takes it. */
  public static readonly CONTEXT_KEY = 'cdk8s-kserve/version';

  /**
   * The version that is written so.
   *
   * @param text such as `0.16`, `0.16.0` or `v0.16.0`
   * @throws when it names none that this package knows
   */
  public static parse(text: string): KServeVersion {
    const release = releaseOf(text);
    if (release === undefined) {
      throw new Error(`the KServe version is none that this package knows, got ${quote(text)}: target ${alternatives(RELEASES)}`);
    }
    return new KServeVersion(release);
  }

  /**
   * The version that holds for a construct: its own, or that of the nearest scope that has one, or the newest.
   *
   * @param construct where to begin
   * @throws when the context value names no version
   */
  public static of(construct: IConstruct): KServeVersion {
    return new KServeVersion(releaseFor(construct) ?? NEWEST_RELEASE);
  }

  /**
   * Says to whoever sits at a terminal that the newest version is meant, because nothing says otherwise; once for all apps of a program.
   *
   * @internal
   */
  public static _tellDefault(construct: IConstruct): void {
    if (!isDefaultTold && process.stderr.isTTY && releaseFor(construct) === undefined) {
      isDefaultTold = true;
      process.stderr.write(`info: no KServe version is set, so the YAML is for ${NEWEST_RELEASE}, the newest: say which by KServeVersion.applyTo()\n`);
    }
  }

  /** The minor version: `0.20`. */
  public readonly minor: string;

  /** The newest patch of it that this package knows: `0.20.0`. */
  public readonly patch: string;

  /** The image of the graph router that it ships. */
  public readonly routerImage: string;

  private constructor(
    /** @internal */
    public readonly _release: Release,
  ) {
    this.minor = _release;
    this.patch = patchOf(_release);
    this.routerImage = routerImageOf(_release);
  }

  /**
   * Makes this the version for a construct and everything under it, whether defined before or after.
   *
   * @param scope an app, a chart, or a single construct
   */
  public applyTo(scope: IConstruct): void {
    Object.defineProperty(scope, VERSION, { value: this._release, configurable: true });
  }
}

let isDefaultTold = false;

/** What the nearest scope says, if one does. */
function releaseFor(construct: IConstruct): Release | undefined {
  for (const scope of [...construct.node.scopes].reverse()) {
    const release = (scope as { [VERSION]?: Release })[VERSION] ?? contextOf(scope);
    if (release !== undefined) {
      return release;
    }
  }
  return undefined;
}

/** The context value that stands at this very scope, rather than at one above it. */
function contextOf(scope: IConstruct): Release | undefined {
  const text: unknown = scope.node.tryGetContext(KServeVersion.CONTEXT_KEY);
  if (text === undefined || text === scope.node.scope?.node.tryGetContext(KServeVersion.CONTEXT_KEY)) {
    return undefined;
  }
  return releaseOf(String(text)) ?? fail(
    scope,
    `the context value '${KServeVersion.CONTEXT_KEY}' is no KServe version that this package knows, got ${quote(text)}`,
    `target ${alternatives(RELEASES)}`,
  );
}
