import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FactType, factVersions } from '../src/facts.js';
import { examples } from './examples.js';

/** A fact as a log may hold it, of a version that was ever written. */
export interface Kept {
  readonly stream: string;
  readonly type: string;
  readonly schema: number;
  readonly data: object;
}

/** One line each, and one hash each: a line that was changed by mistake is found. */
export interface Corpus {
  readonly lines: readonly string[];
  readonly sums: readonly string[];
}

const pathOf = (name: string): string =>
  fileURLToPath(new URL(`../../../../libs/domain/corpus/${name}`, import.meta.url));
export const paths = { facts: pathOf('facts.jsonl'), sums: pathOf('facts.sha256') };

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];

export const readCorpus = (): Corpus => ({ lines: linesOf(paths.facts), sums: linesOf(paths.sums) });

export const parsed = (line: string): Kept => JSON.parse(line) as Kept;

/** `<SHA-256>  <type>@<version>`, as sha256sum writes it. */
export const sumOf = (line: string): string => {
  const { type, schema } = parsed(line);
  return `${createHash('sha256').update(line).digest('hex')}  ${type}@${schema}`;
};

/** The lines that a corpus lacks: of every type, its present version. */
export function missingFrom({ lines }: Corpus): string[] {
  const known = new Set(lines.map(parsed).map(({ type, schema }) => `${type}@${schema}`));
  return (Object.keys(examples) as FactType[])
    .filter((type) => !known.has(`${type}@${factVersions[type]}`))
    .map((type) => {
      const [stream, data] = examples[type];
      return JSON.stringify({ stream, type, schema: factVersions[type], data });
    });
}
