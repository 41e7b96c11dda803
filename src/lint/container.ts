import type { Located, Path } from './diagnostic';
import { fieldsOf, mapsOf, textOf } from './json';
import type { Fields } from './json';

/** A container. */
export class ContainerModel implements Located {
  /** The containers of a list, and of nothing else in it. */
  public static listAt(path: Path, list: unknown): readonly ContainerModel[] {
    return mapsOf(list).map((container, i) => new ContainerModel([...path, i], container));
  }

  constructor(public readonly path: Path, public readonly fields: Fields) {}

  public at(...path: Path): Located {
    return { path: [...this.path, ...path] };
  }

  public get env(): { readonly name: string; readonly value?: string; readonly index: number }[] {
    return mapsOf(this.fields.env).flatMap(({ name, value }, index) => typeof name === 'string' ? { name, value: textOf(value), index } : []);
  }

  public get limits(): Fields {
    return fieldsOf(fieldsOf(this.fields.resources).limits);
  }

  public get requests(): Fields {
    return fieldsOf(fieldsOf(this.fields.resources).requests);
  }
}
