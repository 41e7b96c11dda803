/** What differs between the routers of KServe 0.15 to 0.20; all else has stayed the same (cmd/router/main.go at each tag). */
export interface RouterSemantics {
  /** The release that was asked for. */
  readonly version: string;
  /** What a Sequence answers with when a step's condition is not met: 500 in 0.15.0, 200 since 0.15.1. */
  readonly unmetConditionStatus: number;
  /** `mapPredictionsToInstances` and `routerTimeouts` exist since 0.16.0; before, the router does not know the fields. */
  readonly knowsMappingAndTimeouts: boolean;
  /** A Splitter draws one of so many numbers: 101 until 0.18, so that one draw of 101 finds no step; 100 since 0.19.0. */
  readonly splitterDraws: number;
  /** A Splitter that finds no step: the router panics until 0.18, and answers 500 since 0.19.0. */
  readonly panicsWithoutRoute: boolean;
}

const NEWEST_MINOR = 20;

/**
 * The semantics of a release such as `0.20` or `v0.15.1`; a minor alone means its newest patch.
 * @throws when the release is not one of 0.15 to 0.20
 */
export function semanticsOf(version: string): RouterSemantics {
  const match = /^v?0\.(\d+)(?:\.(\d+))?$/.exec(version);
  const minor = match ? Number(match[1]) : NaN;
  if (!match || minor < 15 || minor > NEWEST_MINOR) {
    throw new Error(`the simulator knows the routers of KServe 0.15 to 0.${NEWEST_MINOR}, got version '${version}': give one of those, such as '0.${NEWEST_MINOR}'`);
  }
  const isFirst15 = minor === 15 && match[2] === '0';
  return {
    version,
    unmetConditionStatus: isFirst15 ? 500 : 200,
    knowsMappingAndTimeouts: minor >= 16,
    splitterDraws: minor >= 19 ? 100 : 101,
    panicsWithoutRoute: minor < 19,
  };
}
