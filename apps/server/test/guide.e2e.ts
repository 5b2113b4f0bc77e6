import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { systemClock } from '#commands/clock.js';
import { readConfiguration } from '#server/configuration.js';
import { firstOperator } from '#server/operator.js';
import { startServer } from '#server/server.js';

const run = promisify(execFile);
const page = (name: string): string => readFileSync(new URL(`../../../../${name}`, import.meta.url), 'utf8');
const blocks = (markdown: string): string[] =>
  [...markdown.matchAll(/^```sh\n(.*?)^```/gms)].map(([, block]) => block ?? '');

/** The blocks of a page, one after the other in one shell, as a reader pastes them; what each printed. */
async function follow(name: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-guide-'));
  const env = { DATA_DIR: join(folder, 'data'), PORT: '0', LOG_LEVEL: 'silent' };
  const server = await startServer(readConfiguration(env), systemClock);
  try {
    const operator = await firstOperator(server.service);
    const mark = '\n--- next block ---\n';
    const script = blocks(page(name))
      .map((block) => block.replace(/^URL=.*$/m, `URL=${server.url}`).replace(/^OPERATOR=.*$/m, `OPERATOR=${operator}`))
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
    expect(printed.at(-2)).toContain("Lettre d'intention signée pour DREETS-PDL.");
    expect(printed.at(-1)).toContain('AlreadySubmitted');
    expect(printed.at(-1)).toContain("Ce champ n'est pas attendu.");
  }, 90_000);
});
