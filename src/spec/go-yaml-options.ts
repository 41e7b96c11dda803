import type { DocumentOptions, Node, ParseOptions, Scalar, ScalarTag, SchemaOptions } from 'yaml';
import { plainKey, plainScalar } from './go-yaml';

type Yaml = typeof import('yaml');

/** Options by which the package `yaml`, which reads YAML 1.2, takes texts without quotes and merge keys as kubectl does. */
export function goYaml(yaml: Yaml): ParseOptions & DocumentOptions & SchemaOptions {
  return {
    version: '1.2',
    uniqueKeys: true,
    strict: true,
    logLevel: 'error',
    customTags: (core) => [merge(yaml), KEY, ...SCALARS, ...core.filter((tag) => typeof tag === 'object' && !/:(?:bool|int|float)$/.test(tag.tag))],
  };
}

/** Keys are texts in JSON. */
const KEY: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: 'key',
  test: /^(?:[-+.\d~yYnNtTfFoO]|$)/,
  resolve: (text, tell) => plainKey(text) ?? refused(text, 'is no key of JSON', tell),
};

/** The first answers for all texts without a tag, the others where a tag asks for them. */
const SCALARS: readonly ScalarTag[] = ['int', 'float', 'bool'].map((name): ScalarTag => ({
  tag: `tag:yaml.org,2002:${name}`,
  default: true,
  test: /^[-+.\d~yYnNtTfFoO]/,
  resolve: (text, tell) => {
    const value = plainScalar(text);
    return typeof value === 'number' && !Number.isFinite(value) ? refused(text, 'is no number of JSON', tell) : value;
  },
}));

function refused(text: string, reason: string, tell: (message: string) => void): string {
  tell(`${text === '' ? 'an empty text' : text} ${reason}`);
  return text;
}

/** `<<`, whose maps replace what stands before it, other than YAML has it. */
function merge({ Scalar, isAlias, isMap, isSeq }: Yaml): ScalarTag {
  const addTo: Node['addToJSMap'] = (ctx, map, value) => {
    const sources = isSeq(value) ? [...value.items].reverse() : [value];
    for (const source of sources) {
      const found = isAlias(source) ? source.resolve(ctx!.doc, ctx) : source;
      if (!isMap(found)) {
        throw new Error('a merge key (<<) wants a map, or a list of maps');
      }
      for (const [key, child] of Object.entries(found.toJSON(null, ctx))) {
        Object.defineProperty(map, key, { value: child, enumerable: true, writable: true, configurable: true });
      }
    }
  };
  return {
    tag: 'tag:yaml.org,2002:merge',
    default: 'key',
    test: /^<<$/,
    resolve: (): Scalar => Object.assign(new Scalar(Symbol('<<')), { addToJSMap: addTo }),
  };
}
