import { formatPath } from './diagnostic';
import { at } from './rule';
import type { Report } from './rule';
import { fieldsInUse } from '../spec/shape';
import type { Shape } from '../spec/shape';
import { isBelow, releaseOf } from '../spec/versions';

/** Reports the fields of an object of any kind that this KServe does not have yet. */
export function reportNewFields(shape: Shape, document: unknown, kserveVersion: string, report: Report): void {
  fieldsInUse(shape, document, (since) => isBelow(kserveVersion, since)).forEach(({ path, since }) => {
    report(
      at(...path),
      `${formatPath(path)} needs KServe ${since}, got ${releaseOf(kserveVersion) ?? kserveVersion} as the target`,
      'leave the field out, or target a newer KServe once the cluster runs it',
    );
  });
}
