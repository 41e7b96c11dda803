import { z } from 'zod';
import { duplicateKeys, isMap, SCALARS } from './shape';
import type { Field, ListShape, Scalar, Shape } from './shape';

/*
 * zod schemas of shapes. zod takes longer to load than all of cdk8s: this file is required only to say what is wrong with a value that
 * `accepts` refused.
 */

/** The zod schema that says what is wrong with values of a shape. Its refinements have the names of the scalars as messages. */
export function toZod(shape: Shape): z.ZodType {
  if (typeof shape === 'string') {
    return scalar(shape);
  }
  if ('values' in shape) {
    return z.enum(shape.values);
  }
  if ('items' in shape) {
    return list(shape);
  }
  if ('entries' in shape) {
    return map(toZod(shape.entries));
  }
  const fields = Object.fromEntries(Object.entries(shape.fields).map(([name, field]) => [name, toField(field)]));
  return shape.open ? z.looseObject(fields) : z.strictObject(fields);
}

function toField({ shape, required }: Field): z.ZodType {
  return required ? toZod(shape) : toZod(shape).optional();
}

function scalar(kind: Scalar): z.ZodType {
  switch (kind) {
    case 'text':
      return z.string();
    case 'boolean':
      return z.boolean();
    case 'quantity':
      return z.unknown().refine(SCALARS.quantity, { error: kind });
    default:
      return z.number().refine(SCALARS[kind], { error: kind });
  }
}

// z.record passes over the key __proto__, which is a key like any other here
function map(entry: z.ZodType): z.ZodType {
  return z.unknown().superRefine((value, context) => {
    if (!isMap(value)) {
      context.addIssue({ code: 'invalid_type', expected: 'record', input: value });
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      entry.safeParse(child).error?.issues.forEach((issue) => context.addIssue({ ...issue, path: [key, ...issue.path] } as z.core.$ZodRawIssue));
    }
  });
}

function list(shape: ListShape): z.ZodType {
  return z.array(toZod(shape.items)).superRefine((items, context) => duplicateKeys(shape, items).forEach((index) => {
    context.addIssue({ code: 'custom', message: 'duplicate', path: [index, Object.keys(shape.keys!)[0]] });
  }));
}
