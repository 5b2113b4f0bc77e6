import { beforeEach, describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { APPLICANT, filed } from '#domain/application/fixtures.js';
import { ARS, open, unsealed } from '#domain/call/fixtures.js';
import type { ContentRef } from '#domain/decider.js';
import { type Fact, factVersions } from '#domain/facts.js';
import { appointed, contents, declared, END, PERSON } from '#domain/review/fixtures.js';
import type { Grant, Role } from '#domain/roles.js';
import { MemoryEventStore } from '#event-store/memory.js';
import type { Asking } from './asking.js';
import { digest } from './canonical.js';
import { Handler, Refused } from './handler.js';
import { idFrom, reviewerId, reviewId } from './ids.js';
import { review, reviewer } from './review-subjects.js';
import { application } from './application-subject.js';

const FILE = 'file-1';
const at = (role: Role, id = ARS): Grant => ({ role, scope: { kind: 'institution', id } });
const inCall: Grant = { role: 'reviewer', scope: { kind: 'call', id: 'call-1' } };
const everything: Grant[] = [
  at('administrator'),
  at('case-officer'),
  at('signatory'),
  { role: 'auditor', scope: { kind: 'everywhere' } },
  inCall,
];
const submitter: Grant = { role: 'submitter', scope: { kind: 'organisation', id: APPLICANT } };

let store: MemoryEventStore;
let handler: Handler;
const seed = async (stream: string, ...facts: readonly Fact[]) => {
  for (const [index, { type, ...data }] of facts.entries()) {
    const id = idFrom(stream, String(index));
    await store.append(stream, 'any', [
      { id, type, schema: factVersions[type], data, metadata: { command: id, request: '' } },
    ]);
  }
};
beforeEach(async () => {
  store = new MemoryEventStore();
  handler = new Handler(store, { calendar: paris, digest }, { secret: 'secret' });
  await seed('call-call-1', ...open, unsealed);
  for (const id of [FILE, 'file-2']) {
    await seed(`application-${id}`, ...filed, { type: 'DeclaredAdmissible', institution: ARS });
  }
  const assigned = (file: string): Fact => ({
    type: 'ReviewAssigned',
    call: 'call-1',
    person: PERSON,
    application: file,
  });
  await seed(`reviewer-${reviewerId('call-1', PERSON)}`, appointed, declared, assigned(FILE), assigned('file-2'));
});

const ask = (grants: readonly Grant[], conflicts: readonly string[]): Asking => ({
  person: PERSON,
  grants,
  conflicts,
  at: END,
  correlation: 'request-1',
});
const outcome = async (work: Promise<unknown>) => {
  try {
    await work;
    return 'done';
  } catch (error) {
    if (error instanceof Refused)
      return { kind: error.refusal.kind, code: error.refusal.code, said: error.refusal.sentence };
    throw error;
  }
};
const unknown = { kind: 'absent', code: 'ApplicationUnknown', said: "Ce dossier n'existe pas." };

describe('who has a conflict on a file', () => {
  const request = (file: string, asking: Asking) =>
    outcome(handler.change(application, file, { type: 'HandOverFile', to: PERSON, reason: 'Absence.' }, asking));
  const submit = (file: string, asking: Asking) =>
    outcome(
      handler.change(
        review,
        reviewId(file, PERSON),
        { type: 'SubmitReview', call: 'call-1', application: file, person: PERSON, contents },
        asking,
      ),
    );
  const assign = (file: string, asking: Asking) =>
    outcome(
      handler.change(reviewer, reviewerId('call-1', PERSON), { type: 'AssignReview', application: file }, asking),
    );

  it.each([
    ['an act on the file', request],
    ['a review of it', submit],
    ['an assignment of it', assign],
  ])('is told of %s what they are told where there is none, whatever their roles', async (_, act) => {
    expect(await act(FILE, ask(everything, [FILE]))).toEqual(unknown);
    expect(await act('none', ask(everything, [FILE]))).toEqual(unknown);
  });
  it('acts on other files as ever', async () => {
    expect(await submit('file-2', ask(everything, [FILE]))).toBe('done');
  });
  it('acts on it for the applicant all the same', async () => {
    const withdraw = { type: 'WithdrawApplication', reason: 'Le projet est reporté.' } as const;
    const act = handler.change(application, FILE, withdraw, ask([...everything, submitter], [FILE]));
    expect(await outcome(act)).toBe('done');
  });
});

describe('a review', () => {
  const submit = (asking: Asking, changes: object = {}) =>
    outcome(
      handler.change(
        review,
        reviewId(FILE, PERSON),
        { type: 'SubmitReview', call: 'call-1', application: FILE, person: PERSON, contents, ...changes },
        asking,
      ),
    );
  it('writes its contents first, and the record without a word of them', async () => {
    expect(await submit(ask([inCall], []))).toBe('done');
    const id = reviewId(FILE, PERSON);
    const [written] = await store.readStream(`content-review-${id}`);
    const [record] = await store.readStream(`review-${id}`);
    expect(written?.data).toEqual({ contents });
    expect(JSON.stringify(record?.data)).not.toContain('besoin');
    expect(record?.data).toMatchObject({ meanHundredths: 7200, content: { version: 0 } });
    expect((record?.data as { content: ContentRef }).content.hash).toMatch(/^[0-9a-f]{64}$/);
  });
  it('is told staff of the call to be none of their acts, and others that there is no file', async () => {
    expect(await submit(ask([at('case-officer')], []))).toMatchObject({ kind: 'forbidden', code: 'NotAllowed' });
    const somebody = '44444444-4444-4444-8444-444444444444';
    const asking = { ...ask([inCall], []), person: somebody };
    expect(await submit({ ...asking, grants: [] }, { person: somebody })).toEqual(unknown);
    expect(await submit(asking, { person: somebody })).toMatchObject({ kind: 'absent', code: 'ReviewerUnknown' });
  });
});
