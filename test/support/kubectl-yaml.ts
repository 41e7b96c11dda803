import { readDocuments } from '../../src/cli/lint/documents';

/** What kubectl makes of a file: documents as JSON, up to the first that it cannot read. */
export interface YamlAnswer {
  readonly documents: readonly unknown[];
  readonly refused?: string;
}

export function yamlQuestion(text: string): { readonly ask: 'yaml'; readonly text: string } {
  return { ask: 'yaml', text: Buffer.from(text).toString('base64') };
}

export function textOf(question: { readonly text: string }): string {
  return Buffer.from(question.text, 'base64').toString();
}

/** How kubectl reads a file whose documents are maps, and how the linter does. */
export function readings(text: string, { documents, refused }: YamlAnswer): { readonly kubectl: unknown; readonly ours: unknown } {
  const { objects, problems } = readDocuments(Buffer.from(text));
  return {
    kubectl: refused === undefined ? documents : 'refused',
    ours: problems.length === 0 ? objects.map(({ value }) => value) : 'refused',
  };
}
