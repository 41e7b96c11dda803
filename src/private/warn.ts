import type { IConstruct } from 'constructs';
import { warn as print } from './findings';

/** Says at once, on standard error and in the construct's metadata, that something legal is better done in another way. */
export function warn(where: IConstruct, problem: string, help: string): void {
  const text = `${problem}: ${help}`;
  where.node.addMetadata('cdk8s-kserve:warning', text);
  print(where, text);
}
