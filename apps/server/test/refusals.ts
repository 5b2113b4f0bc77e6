import { expect } from '@jest/globals';
import type { Answer } from '#client/client.js';

/** The person is told so, in these words. */
export function expectRefused(answer: Answer<unknown>, status: number, code: string, detail?: string): void {
  const { body } = answer as Answer<{ code?: string; detail?: string; status?: number }>;
  expect({ status: answer.status, code: body.code, ...(detail && { detail: body.detail }) }).toEqual({
    status,
    code,
    ...(detail && { detail }),
  });
  expect(answer.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
}
