/** `npm run corpus`: adds the facts that the corpus lacks; existing lines are never touched. */
import { appendFileSync } from 'node:fs';
import { missingFrom, parsed, paths, readCorpus, sumOf } from './corpus.js';

const missing = missingFrom(readCorpus());
for (const line of missing) {
  appendFileSync(paths.facts, `${line}\n`);
  appendFileSync(paths.sums, `${sumOf(line)}\n`);
  process.stdout.write(`${parsed(line).type}@${parsed(line).schema}\n`);
}
process.stdout.write(`${missing.length} added.\n`);
