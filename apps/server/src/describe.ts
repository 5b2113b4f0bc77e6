import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import { SetClock } from '#commands/clock.js';
import { readConfiguration } from './configuration.js';
import { openApiDocument } from './openapi.js';
import { roleTable } from './role-table.js';
import { buildApp } from './server.js';

export interface Described {
  readonly document: OpenAPIObject;
  /** What Fastify really answers: `GET /api/calls/:id`. */
  readonly routes: readonly string[];
}

/** The routes of the service over an empty folder; nothing listens. */
export async function describeService(): Promise<Described> {
  const folder = mkdtempSync(join(tmpdir(), 'convergence-'));
  const configuration = readConfiguration({ DATA_DIR: folder, LOG_LEVEL: 'silent' });
  const { app, service } = await buildApp(configuration, new SetClock('2021-01-01T00:00:00Z'));
  const routes: string[] = [];
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((name) => `${name} ${url}`));
  });
  try {
    await app.init();
    return { document: openApiDocument(app), routes };
  } finally {
    await app.close();
    await service.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is committed, by the command that makes it. */
export const documents: Readonly<Record<string, { file: string; text: (document: OpenAPIObject) => string }>> = {
  openapi: { file: 'docs/openapi.json', text: (document) => `${JSON.stringify(document, null, 2)}\n` },
  roles: { file: 'docs/roles.md', text: roleTable },
};
