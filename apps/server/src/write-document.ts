import { writeFileSync } from 'node:fs';
import { describeService, documents } from './describe.js';

const wanted = documents[process.argv[2] ?? ''];
if (!wanted) throw new Error(`One of: ${Object.keys(documents).join(', ')}.`);
writeFileSync(wanted.file, wanted.text((await describeService()).document));
