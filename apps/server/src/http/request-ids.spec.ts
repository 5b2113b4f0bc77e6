import { describe, expect, it } from '@jest/globals';
import { requestIdOf } from './request-ids.js';

const uuid = '7b0a1c7e-1111-4222-8333-abcdefabcdef';
const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = `00-${trace}-00f067aa0ba902b7-01`;
const of = (headers: Record<string, string>): string => requestIdOf({ headers });

describe('the id of a request', () => {
  it.each([
    ['a UUID', uuid, uuid],
    ['a UUID in capitals', uuid.toUpperCase(), uuid],
    ['32 hexadecimal digits, as proxies make them', trace, trace],
  ])('is the one it came with: %s', (_, given, taken) => expect(of({ 'x-request-id': given })).toBe(taken));

  it('is that of its trace where it has no other', () => {
    expect(of({ traceparent: parent })).toBe(trace);
    expect(of({ 'x-request-id': uuid, traceparent: parent })).toBe(uuid);
    expect(of({ 'x-request-id': 'marie@example.org', traceparent: parent })).toBe(trace);
  });

  it.each([
    '',
    'marie@example.org',
    '0612345678',
    `${uuid}x`,
    `${uuid}\n{"level":50}`,
    'x'.repeat(5000),
    `${uuid}, ${uuid}`,
    trace.slice(1),
  ])('is new where it came with %j', (given) => {
    const made = of({ 'x-request-id': given });
    expect(made).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(made).not.toBe(of({ 'x-request-id': given }));
  });

  it.each([
    `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `ff-${trace}-00f067aa0ba902b7-01`,
    `${parent}-more`,
    parent.toUpperCase(),
    '00',
  ])('is new where its trace is %s', (traceparent) => expect(of({ traceparent })).toMatch(/^[0-9a-f-]{36}$/));
});
