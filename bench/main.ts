import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure } from './load.js';
import { contents, fileId, PEOPLE, seed, token } from './seed.js';
import { startBare, startService } from './servers.js';
const folder = mkdtempSync(join(tmpdir(), 'convergence-bench-'));
const rounds = 3,
  seconds = 3;
await seed(folder, 70000, 'started');
const service = await startService(folder);
const bare = await startBare(folder);
const body = JSON.stringify({ contents });
const paths = Array.from({ length: 70000 }, (_, i) => `/api/applications/${fileId(i)}/submit`);
const tokens = Array.from({ length: PEOPLE }, (_, i) => token(i));
let from = 0;
for (let r = 0; r < rounds; r++) {
  const b = await measure({
    port: bare.port,
    method: 'POST',
    paths: ['/submit'],
    tokens: [],
    body,
    keys: true,
    clients: 32,
    seconds,
    again: true,
  });
  const s = await measure({
    port: service.port,
    method: 'POST',
    paths: paths.slice(from),
    tokens: tokens.map((_, i) => tokens[(i + from) % PEOPLE] as string),
    body,
    keys: true,
    clients: 32,
    seconds,
    again: false,
  });
  from += s.done + 32;
  console.log(
    'bare',
    b.perSecond.toFixed(0),
    b.p50.toFixed(2),
    b.p99.toFixed(2),
    b.others,
    '| service',
    s.perSecond.toFixed(0),
    s.p50.toFixed(2),
    s.p99.toFixed(2),
    s.others,
    s.firstOther.slice(0, 500),
    'ratio',
    (s.perSecond / b.perSecond).toFixed(2),
  );
}
await service.stop();
await bare.stop();
rmSync(folder, { recursive: true });
