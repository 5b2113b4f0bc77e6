import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paris } from '#calendar/paris.js';
import { until } from '#client/until.js';
import { UnknownFact } from '#commands/folded.js';
import * as agreementSubjects from '#commands/agreement-subjects.js';
import * as applicationSubjects from '#commands/application-subject.js';
import * as awardSubjects from '#commands/award-subjects.js';
import * as commissionSubjects from '#commands/commission-subjects.js';
import { idFrom } from '#commands/ids.js';
import * as reportSubjects from '#commands/report-subjects.js';
import * as reviewSubjects from '#commands/review-subjects.js';
import type { Subject } from '#commands/subject.js';
import * as subjects from '#commands/subjects.js';
import * as webhookSubjects from '#commands/webhook-subject.js';
import { MemoryEventStore } from '#event-store/memory.js';
import { models } from '#read-models/models.js';
import { Projector } from '#read-models/projector.js';
import { type FactType, factVersions, isKnown } from '../src/facts.js';
import { narrate, type StoryFact } from '../src/story/story.js';
import { type Kept, missingFrom, parsed, readCorpus, sumOf } from './corpus.js';

const corpus = readCorpus();
const kept = corpus.lines.map(parsed);
const named = kept.map((fact) => [`${fact.type}@${fact.schema}`, fact] as const);
const categoryOf = ({ stream }: Kept): string => stream.slice(0, stream.indexOf('-'));
const ofContents = ({ stream }: Kept): boolean => /^(content|person)-/.test(stream);
const everySubject = [
  subjects,
  applicationSubjects,
  reviewSubjects,
  commissionSubjects,
  awardSubjects,
  agreementSubjects,
  reportSubjects,
  webhookSubjects,
].flatMap((module): unknown[] => Object.values(module)) as Subject<never, unknown, never, unknown>[];
const deciders = new Map<string, { initial: unknown; evolve: (state: unknown, event: unknown) => unknown }>(
  everySubject.flatMap(({ category, decider }) => (category ? [[category, decider as never]] : [])),
);

describe('the corpus', () => {
  it('has a fact of every type in every version; npm run corpus adds what is missing', () => {
    expect(missingFrom(corpus)).toEqual([]);
    const all = (Object.keys(factVersions) as FactType[]).flatMap((type) =>
      Array.from({ length: factVersions[type] }, (_, version) => `${type}@${version + 1}`),
    );
    expect(named.map(([name]) => name).sort()).toEqual(all.sort());
  });

  it('is what was written, byte for byte', () => expect(corpus.lines.map(sumOf)).toEqual(corpus.sums));

  it.each(named)('%s is read by this version', (_, { type, schema }) => expect(isKnown(type, schema)).toBe(true));

  it('says no to a fact that is newer', () => {
    expect(isKnown('CallDrafted', factVersions.CallDrafted + 1)).toBe(false);
    expect(new UnknownFact('Later@1').message).toContain('Later@1');
  });

  it('folds into the state of each stream', () => {
    const states = new Map<string, unknown>();
    for (const fact of kept.filter((one) => !ofContents(one))) {
      const decider = deciders.get(categoryOf(fact));
      expect([fact.type, decider === undefined]).toEqual([fact.type, false]);
      const before = states.get(fact.stream) ?? decider?.initial;
      states.set(fact.stream, decider?.evolve(before, { type: fact.type, ...fact.data }));
    }
    const statuses = [...states].map(([stream, state]) => [
      stream.slice(0, stream.indexOf('-')),
      (state as { status?: string }).status,
    ]);
    expect(Object.fromEntries(statuses)).toEqual({
      account: 'forgotten',
      institution: 'registered',
      call: 'cancelled',
      question: 'answered',
      organisation: 'registered',
      application: 'submitted',
      reading: undefined,
      notice: 'issued',
      reviewer: 'dismissed',
      webhook: 'deleted',
      review: 'submitted',
      commission: undefined,
      envelope: undefined,
      award: 'declined',
      agreement: 'closed',
      reminders: undefined,
      reports: undefined,
      round: 'lapsed',
    });
  });

  const ofStories = /^(call|application|reviewer|review|commission|envelope|award|agreement|reports)-/;
  const told = named.filter(([, fact]) => ofStories.test(fact.stream));
  it.each(told)('%s is told in French, with its rule', (_, { type, data }) => {
    const { sentence, rule } = narrate({ type, ...data } as StoryFact, paris);
    expect(sentence).toMatch(/^\p{Lu}.*\.$/su);
    expect(rule).toMatch(/^\S.{5,}/su);
    expect(sentence + rule).not.toMatch(/undefined|\[object|NaN/);
  });
});

describe('the corpus in the read models', () => {
  const store = new MemoryEventStore();
  const folder = mkdtempSync(join(tmpdir(), 'convergence-corpus-'));
  let projector: Projector;
  beforeAll(async () => {
    for (const { stream, type, schema, data } of kept) {
      const metadata = { at: '2021-07-01T08:00:00Z', by: '33333333-3333-4333-8333-333333333333', role: 'person' };
      await store.append(stream, 'any', [{ id: idFrom(stream, type, String(schema)), type, schema, data, metadata }]);
    }
    projector = await Projector.open(folder, store, models);
    await until(() => projector.ready || projector.halted !== undefined || undefined, 'the read models');
  });
  afterAll(async () => {
    await projector.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is read to its end', async () => {
    expect(projector.halted).toBeUndefined();
    expect(projector.position).toBe(await store.head());
  });

  it('fills every table but the ones that later facts of it empty', () => {
    const tables = projector.views.all<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'views_meta' ORDER BY name",
    );
    const rows = tables.map(({ name }) => [name, projector.views.all(`SELECT 1 FROM ${name}`).length > 0] as const);
    expect(rows.filter(([, filled]) => !filled).map(([name]) => name)).toEqual(['attendance', 'shares']);
  });
});
