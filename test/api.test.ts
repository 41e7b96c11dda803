/*
 * What other languages see of this package: the assembly that jsii wrote. jsii lets pass what cannot be used well there.
 */
import * as fs from 'fs';
import * as path from 'path';
import * as index from '../src';

const root = path.join(__dirname, '..');
const assembly = JSON.parse(fs.readFileSync(path.join(root, '.jsii'), 'utf8'));

interface Thing {
  readonly where: string;
  readonly documented: boolean;
  readonly types: unknown[];
}

/** Every public type, and every public member with the types in its signature. */
const things: Thing[] = Object.values<any>(assembly.types).flatMap((type) => {
  const callable = (name: string, c: any): Thing[] => [
    { where: `${type.fqn}.${name}`, documented: name === 'constructor' || c.docs?.summary !== undefined, types: [c.returns?.type] },
    ...(c.parameters ?? []).map((parameter: any) => ({
      where: `${type.fqn}.${name}(${parameter.name})`,
      documented: true, // its name and the summary of its method say it, or a @param
      types: [parameter.type],
    })),
  ];
  return [
    { where: type.fqn, documented: type.docs?.summary !== undefined, types: [] },
    ...(type.initializer ? callable('constructor', type.initializer) : []),
    ...(type.methods ?? []).flatMap((method: any) => callable(method.name, method)),
    ...(type.properties ?? []).map((property: any) => ({ where: `${type.fqn}.${property.name}`, documented: property.docs?.summary !== undefined, types: [property.type] })),
    ...(type.members ?? []).map((member: any) => ({ where: `${type.fqn}.${member.name}`, documented: member.docs?.summary !== undefined, types: [] })),
  ];
});

/** Where a type is, or holds, what `is` finds. */
function holds(type: any, is: (type: any) => boolean): boolean {
  return type !== undefined && type !== null && typeof type === 'object' && (is(type) || Object.values(type).some((inner) => holds(inner, is)));
}

function whereTypes(is: (type: any) => boolean): string[] {
  return things.filter(({ types }) => types.some((type) => holds(type, is))).map(({ where }) => where);
}

test('the assembly is there, and has the graph', () => {
  expect(Object.keys(assembly.types)).toContain('cdk8s-kserve.InferenceGraph');
});

test('no signature has a union', () => {
  expect(whereTypes((type) => type.union !== undefined)).toEqual([]);
});

test('no signature has any', () => {
  expect(whereTypes((type) => type.primitive === 'any')).toEqual([]);
});

test('every public type and member is documented', () => {
  expect(things.filter(({ documented }) => !documented).map(({ where }) => where)).toEqual([]);
});

test('every optional property says what it is if left out', () => {
  const structs = Object.values<any>(assembly.types).filter(({ datatype }) => datatype);
  expect(structs.flatMap((type) => (type.properties ?? [])
    .filter((property: any) => property.optional && property.docs?.default === undefined)
    .map((property: any) => `${type.fqn}.${property.name}`))).toEqual([]);
});

test('zod stands in no signature, and cdk8s-plus in those of a graph without a controller alone', () => {
  const declarations = fs.readdirSync(path.join(root, 'lib'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.d.ts'));
  const exported = new Set<string>();
  const visit = (module: string) => {
    const file = [`${module}.d.ts`, path.join(module, 'index.d.ts')].find((candidate) => declarations.includes(candidate))!;
    if (exported.has(file)) {
      return;
    }
    exported.add(file);
    for (const [, from] of fs.readFileSync(path.join(root, 'lib', file), 'utf8').matchAll(/from '(\.[^']+)'/g)) {
      visit(path.join(path.dirname(file), from));
    }
  };
  visit('index');
  expect(declarations).toContain('index.d.ts');
  const naming = (library: string) => [...exported].filter((file) => fs.readFileSync(path.join(root, 'lib', file), 'utf8').includes(`from '${library}`));
  expect({ zod: naming('zod'), plus: naming('cdk8s-plus') }).toEqual({ zod: [], plus: ['router/standalone-inference-graph.d.ts'] });
});

test('index.ts exports types alone: constants and functions would be missing in other languages', () => {
  const exported: [string, unknown][] = Object.entries(index);
  const isClass = (value: unknown) => typeof value === 'function' && /^class\s/.test(Function.prototype.toString.call(value));
  const isEnum = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).every((key) => /^[A-Z][A-Z0-9_]*$/.test(key));
  expect(exported.filter(([, value]) => !isClass(value) && !isEnum(value)).map(([name]) => name)).toEqual([]);
});
