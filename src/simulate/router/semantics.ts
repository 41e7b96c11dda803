import { can, NEWEST_RELEASE, releaseOf, RELEASES } from '../../spec/versions';

/** What differs between the routers of KServe 0.15 to 0.20; all else has stayed the same (cmd/router/main.go at each tag). */
export interface RouterSemantics {
  /** What a Sequence answers with when a step's condition is not met: 500 in 0.15.0, 200 since 0.15.1. */
  readonly unmetConditionStatus: number;
  /** `mapPredictionsToInstances` and `routerTimeouts` exist since 0.16.0; before, the router does not know the fields. */
  readonly knowsMappingAndTimeouts: boolean;
  /** A Splitter draws one of so many numbers: 101 until 0.18, so that one draw of 101 finds no step; 100 since 0.19.0. */
  readonly splitterDraws: number;
  /** A Splitter that finds no step: the router panics until 0.18, and answers 500 since 0.19.0. */
  readonly panicsWithoutRoute: boolean;
}

/**
 * The semantics of a release such as `0.20` or `v0.15.1`; a minor alone means its newest patch.
 * @throws when the release is none that is known
 */
export function semanticsOf(version: string): RouterSemantics {
  const release = releaseOf(version);
  if (release === undefined) {
    throw new Error(`the simulator knows the routers of KServe ${RELEASES[0]} to ${NEWEST_RELEASE}, got version '${version}': give one of those, such as '${NEWEST_RELEASE}'`);
  }
  const isFair = can(release, 'fairSplitter');
  return {
    unmetConditionStatus: /^v?0\.15\.0$/.test(version) ? 500 : 200, // the only patch release that differs from its minor's newest
    knowsMappingAndTimeouts: can(release, 'mappingAndTimeouts'),
    splitterDraws: isFair ? 100 : 101,
    panicsWithoutRoute: !isFair,
  };
}
