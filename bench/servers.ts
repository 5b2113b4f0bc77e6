import Fastify from 'fastify';
import { type ChildProcess, fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { factsGeneration } from '#domain/facts.js';
import { SqliteEventStore } from '#event-store/sqlite.js';
import '#server/applications/applications.controller.js';
import { isText } from '#server/http/fields.js';
import { bodySchemas } from '#server/http/schemas.js';

export interface Started {
  readonly port: number;
  readonly process: ChildProcess;
  /** From the spawn to its first ready answer, milliseconds. */
  readonly startedIn: number;
  stop(): Promise<void>;
  /** Resident memory, megabytes. */
  memory(): number;
  /** Processor time of all its threads so far, milliseconds. */
  cpu(): number;
}

/** The service as people start it, on this folder, with more of its settings where they are given. */
export async function startService(folder: string, settings: NodeJS.ProcessEnv = {}): Promise<Started> {
  const env = {
    ...process.env,
    DATA_DIR: folder,
    PORT: '0',
    RATE_LIMIT: '10000000',
    LOG_LEVEL: 'info',
    NODE_OPTIONS: '',
    EVENT_STORE_URL: '',
    ...settings,
  };
  return start(new URL('../apps/server/src/main.js', import.meta.url), [], env);
}

/** Fastify that checks the same body with its JSON Schema and appends one row through the same writer. */
export async function startBare(folder: string): Promise<Started> {
  return start(new URL('./servers.js', import.meta.url), ['bare', folder], { ...process.env, NODE_OPTIONS: '' });
}

const running = new Set<ChildProcess>();
/** Where a step failed half way, its servers are still there. */
export const stopAll = (): void => running.forEach((child) => child.kill('SIGKILL'));

async function start(module: URL, args: string[], env: NodeJS.ProcessEnv): Promise<Started> {
  const from = performance.now();
  const child = fork(module, args, {
    env,
    execArgv: env['BENCH_ARGS']?.split(' ') ?? [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  const [message] = (await once(child, 'message')) as [{ listening: string }];
  const port = Number(new URL(message.listening).port);
  while ((await fetch(`http://127.0.0.1:${port}/health/ready`)).status !== 200);
  return {
    port,
    process: child,
    startedIn: performance.now() - from,
    stop: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
    memory: () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]) / 1000,
    cpu: () => {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      // In ticks of a hundredth of a second.
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
  };
}

if (process.argv[2] === 'bare') {
  const store = SqliteEventStore.open({ path: join(process.argv[3] ?? '', 'bare.db'), generation: factsGeneration });
  const app = Fastify({ bodyLimit: 1_000_000, ajv: { customOptions: { strict: false, formats: { text: isText } } } });
  for (const [name, schema] of Object.entries(bodySchemas()))
    app.addSchema({ ...JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '')), $id: name });
  app.get('/health/ready', () => ({ status: 'ready' }));
  app.post('/submit', { schema: { body: { $ref: 'SubmitBody#' } } }, async (request, reply) => {
    const id = randomUUID();
    const event = {
      id,
      type: 'Submitted',
      schema: 1,
      data: request.body as object,
      metadata: { at: '2026-01-10T08:00:00Z', by: 'bench' },
    };
    const { version } = await store.append(`bare-${id}`, 'none', [event]);
    reply.code(201);
    return { id, version };
  });
  const listening = await app.listen({ port: 0, host: '127.0.0.1' });
  process.send?.({ listening });
  process.on(
    'SIGTERM',
    () =>
      void app
        .close()
        .then(() => store.close())
        .then(() => process.exit(0)),
  );
}
