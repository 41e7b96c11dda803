import * as yaml from 'yaml';
import type { CST, Document, YAMLParseError } from 'yaml';
import { goYaml } from '../../spec/go-yaml-options';

/** Errors in a text after which no more of it is read: there may be one for each character. */
const ERRORS = 100;

/**
 * The documents of a text, with what is wrong with each; not with its keys, each of which the parser would compare with all others.
 * Of a document with very many errors there is the first.
 */
export function parsedDocuments(text: string): Document.Parsed[] {
  const documents: Document.Parsed[] = [];
  const composer = new BoundedComposer();
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // nobody sees where in the parser an error is made, and that takes most of its time
  try {
    for (const document of composer.compose(withoutManyErrors(new yaml.Parser().parse(text)))) {
      documents.push(document);
    }
  } catch (error) {
    if (error !== TOO_MANY) {
      throw error;
    }
  } finally {
    Error.stackTraceLimit = limit;
  }
  const [left] = composer.left();
  return left === undefined ? documents : [...documents, brokenBy(left)];
}

function* withoutManyErrors(tokens: Iterable<CST.Token>): Generator<CST.Token> {
  let errors = 0;
  for (const token of tokens) {
    yield token;
    errors += token.type === 'error' ? 1 : 0;
    if (errors > ERRORS) {
      return;
    }
  }
}

function brokenBy(error: YAMLParseError): Document.Parsed {
  const document = new yaml.Document() as Document.Parsed;
  document.errors.push(error);
  return document;
}

const TOO_MANY = Symbol('too many errors');

/** What the parser has in private. */
interface Errors {
  errors: YAMLParseError[];
  onError: (...error: readonly unknown[]) => void;
}

class BoundedComposer extends yaml.Composer {
  constructor() {
    super({ ...goYaml(yaml), prettyErrors: false, uniqueKeys: false });
    const own = this as unknown as Errors;
    const tell = own.onError;
    own.onError = (...error) => {
      tell(...error);
      if (own.errors.length > ERRORS) {
        throw TOO_MANY;
      }
    };
  }

  /** The errors of what became no document. */
  public left(): readonly YAMLParseError[] {
    return (this as unknown as Errors).errors;
  }
}
