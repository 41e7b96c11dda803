import type { IConstruct } from 'constructs';

/** What is found out about a whole app once for each validation, and not once for each construct that asks. */
export function perValidation<T>(find: (root: IConstruct) => T): (construct: IConstruct) => T {
  const found = new WeakMap<IConstruct, { value?: { readonly of: T } }>();
  return ({ node: { root } }) => {
    let entry = found.get(root);
    if (entry === undefined) {
      const made: { value?: { readonly of: T } } = {};
      // cdk8s validates the root before everything else
      root.node.addValidation({ validate: () => { made.value = undefined; return []; } });
      found.set(root, made);
      entry = made;
    }
    entry.value ??= { of: find(root) };
    return entry.value.of;
  };
}

/** Every construct of an app. */
export const constructsOf = perValidation((root) => root.node.findAll());
