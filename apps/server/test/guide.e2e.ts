import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { until } from '#client/until.js';
import { SetClock, systemClock } from '#commands/clock.js';
import { later } from '#domain/instants.js';
import { readConfiguration } from '#server/configuration.js';
import { firstOperator } from '#server/operator.js';
import { type RunningServer, startServer } from '#server/server.js';

const run = promisify(execFile);
const page = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');
const blocks = (markdown: string): string[] =>
  [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block ?? '');

const DAYS = 61;
const DAY_MS = 864e5;

/** The machine's clock, until the page says that the deadline has passed: from then on so many days ahead of it. */
class ReaderClock extends SetClock {
  private aheadMs = 0;
  override now = (): string => later(systemClock.now(), this.aheadMs);

  skip(): void {
    this.aheadMs = DAYS * DAY_MS;
    this.set(this.now());
  }
}

/** Where the shell asks for the days to pass; it is answered once the service has unsealed the contents. */
async function passing(server: RunningServer, clock: ReaderClock) {
  const { store, projector } = server.service;
  const unsealed = async () =>
    (await store.readAll(undefined, 1000)).find(({ type }) => type === 'ContentsUnsealed')?.position;
  const gate = createServer((_request, answer) => {
    clock.skip();
    until(unsealed, 'the unsealing')
      .then((position) => projector.reached(position, 5000))
      .then(
        () => answer.end(),
        (error: unknown) => answer.writeHead(500).end(String(error)),
      );
  });
  await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(gate.address() as AddressInfo).port}`, close: () => gate.close() };
}

/** The blocks of a page, one after the other in one shell, as a reader pastes them; what each printed. */
async function follow(name: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-guide-'));
  const env = { DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' };
  const clock = new ReaderClock(systemClock.now());
  const server = await startServer(readConfiguration(env), clock);
  const gate = await passing(server, clock);
  try {
    const operator = await firstOperator(server.service);
    const mark = '\n--- next block ---\n';
    const script = blocks(page(name))
      .map((block) =>
        block
          .replace(/^URL=.*$/m, `URL=${server.url}`)
          .replace(/^OPERATOR=.*$/m, `OPERATOR=${operator}`)
          .replace('Date.now() + $1', 'Date.now() + ($1 + ${AHEAD:-0})')
          .replace(/^# sixty-one days later$/m, `curl -sS --fail-with-body ${gate.url}; AHEAD=${DAYS}`),
      )
      .join(`\nprintf '${mark.replaceAll('\n', '\\n').replaceAll('-', '\\x2d')}'\n`);
    const { stdout } = await run('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
      env: { PATH: process.env['PATH'], TMPDIR: folder, LANG: 'C.UTF-8' },
      timeout: 60_000,
    }).catch((error: unknown) => {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${name} stopped after:\n${stdout.slice(-1500)}\n${stderr}`);
    });
    return stdout.split(mark);
  } finally {
    gate.close();
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the API guide', () => {
  it('works from its first block to its last, pasted into a shell', async () => {
    const printed = await follow('docs/guide.md');

    expect(printed.at(1)).toContain('Camille Référente');
    expect(printed.at(3)).toContain('ApprovalMissing');
    expect(printed.join('\n')).toMatch(/AR-\w{4}-\w{4}-\w{4}-\w{4}/);
    expect(printed.at(-8)).toContain('"kind":"shift-answer"');
    expect(printed.at(-7)).toContain('"name":"J-10"');
    expect(printed.at(-7)).toMatch(/"history":\[\{"movedAt":.*La salle n'est plus libre\./s);
    expect(printed.at(-7)).toContain('SUMMARY:Commission de sélection');
    expect(printed.at(-7)).toContain('SEQUENCE:1');
    expect(printed.at(-6)).toContain("Lettre d'intention signée pour DREETS-PDL.");
    expect(printed.at(-5)).toContain('AlreadySubmitted');
    expect(printed.at(-5)).toContain("Ce champ n'est pas attendu.");
    expect(printed.at(-4)).toMatch(/^true\n.*AR-\w{4}-\w{4}-\w{4}-\w{4}\s*$/s);
    expect(printed.at(-3)?.trim()).toBe('admissible');
    expect(printed.at(-2)?.trim()).toMatch(/La maison des mille jours.*\n?7200$/s);
    expect(printed.at(-1)).toContain('"spreadHundredths":0');
    expect(printed.at(-1)?.match(/Dossier déclaré recevable par ARS-PDL\./g)).toHaveLength(2);
    expect(printed.at(-1)?.match(/Évaluation remise : 72,00 sur 100/g)).toHaveLength(1);
  });
});
