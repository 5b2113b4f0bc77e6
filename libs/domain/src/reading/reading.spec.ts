import { describe, expect, it } from '@jest/globals';
import type { Stamp } from '../decider.js';
import { specify } from '../specification.js';
import { reading, type ReadingEvent } from './reading.js';

const OFFICER = '66666666-6666-4666-8666-666666666666';
const COLLEAGUE = '88888888-8888-4888-8888-888888888888';

const stamp: Stamp = { at: '2021-08-16T07:30:00Z', by: OFFICER, actingAs: 'case-officer', id: 'file-1' };
const given = specify(reading, stamp, {});

const read = { type: 'ContentsRead', person: OFFICER, what: 'contents:2', day: '2021-08-16' } satisfies ReadingEvent;

describe('tracing who reads a file', () => {
  const trace = { type: 'TraceReading', call: 'call-1', what: 'contents:2', day: '2021-08-16' } as const;

  it('records the person, what they read and the day', () => given().when(trace).then(read));
  it('is a fact once a day', () => given(read).when(trace, { at: '2021-08-16T15:00:00Z' }).then());
  it('is a fact again the next day', () =>
    given(read)
      .when({ ...trace, day: '2021-08-17' })
      .then({ ...read, day: '2021-08-17' }));
  it('is a fact for each version', () =>
    given(read)
      .when({ ...trace, what: 'contents:3' })
      .then({ ...read, what: 'contents:3' }));
  it('is a fact for each document', () =>
    given(read)
      .when({ ...trace, what: 'document:doc-1' })
      .then({ ...read, what: 'document:doc-1' }));
  it('is a fact for each person', () =>
    given(read)
      .when(trace, { by: COLLEAGUE })
      .then({ ...read, person: COLLEAGUE }));
  it('remembers every reading, and changes none that was known before', () => {
    const before = given(read).state;
    const after = given(read, { ...read, day: '2021-08-17' }, { ...read, person: COLLEAGUE }).state;
    expect([before.size, after.size]).toEqual([1, 3]);
  });
});
