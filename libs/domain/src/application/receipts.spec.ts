import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stamp } from '../decider.js';
import { Refusal } from '../decider.js';
import type { ApplicationCommand, ApplicationEvent } from './application-facts.js';
import { APPLICANT, content, contents, filed, given, ready, revisedContent, submitted, withdrawn } from './fixtures.js';

const submit = { type: 'SubmitApplication' } as const;

/** The number of the receipt that a command gives. */
function receiptOf(
  history: readonly ApplicationEvent[],
  command: ApplicationCommand,
  asked: Partial<Stamp> = {},
): string {
  const { result } = given(...history).when(command, asked);
  const filing = result instanceof Refusal ? undefined : result.find((event) => 'receipt' in event);
  if (!filing) throw new Error('No receipt was given.');
  return filing.receipt;
}

describe('the number of a receipt', () => {
  const crockford = /^AR-[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/;
  const hash = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 64, maxLength: 64 });
  const instant = fc
    .integer({ min: Date.parse('2021-06-14T07:00:00Z') / 1000, max: Date.parse('2021-08-13T14:00:00Z') / 1000 })
    .map((second) => `${new Date(second * 1000).toISOString().slice(0, 19)}Z`);

  it('is four groups of four, without the letters that read like a digit', () =>
    fc.assert(
      fc.property(hash, instant, fc.uuid(), (written, at, id) => {
        expect(receiptOf(ready, { ...submit, contents, content: { version: 3, hash: written } }, { at, id })).toMatch(
          crockford,
        );
      }),
    ));
  it('is the same for the same submission, whoever asks', () =>
    expect(receiptOf(ready, submit, { by: 'somebody' })).toBe(receiptOf(ready, submit)));
  it('differs as soon as the file, the contents or the instant do', () =>
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(hash, instant, fc.uuid()), { minLength: 2, maxLength: 6, selector: String }),
        (submissions) => {
          const receipts = submissions.map(([written, at, id]) =>
            receiptOf(ready, { ...submit, contents, content: { version: 3, hash: written } }, { at, id }),
          );
          expect(new Set(receipts).size).toBe(receipts.length);
        },
      ),
    ));
  it('differs when the same contents are submitted again within the second', () =>
    expect(receiptOf([...filed, withdrawn], submit)).not.toBe(receiptOf(ready, submit)));
  it('differs for each of two replacements within the second', () => {
    const first = receiptOf(filed, { type: 'ReplaceSubmission', contents, content: revisedContent });
    const history: ApplicationEvent[] = [...filed, { ...submitted, submission: 2, content: revisedContent }];
    const second = receiptOf(history, { type: 'ReplaceSubmission', contents, content });
    expect(second).not.toBe(first);
  });
  it('differs for filings on paper with another reference or another date of arrival', () => {
    const paper = {
      type: 'RegisterPaperFiling',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      medium: 'mail',
      pieces: 4,
    } as const;
    const registered = { at: '2021-08-16T07:30:00Z' };
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(fc.string(), instant), { minLength: 2, maxLength: 6, selector: String }),
        (arrivals) => {
          const receipts = arrivals.map(([reference, arrivedAt]) =>
            receiptOf([], { ...paper, reference, arrivedAt }, registered),
          );
          expect(new Set(receipts).size).toBe(receipts.length);
          for (const receipt of receipts) expect(receipt).toMatch(crockford);
        },
      ),
    );
  });
  it('is never that of a filing on paper whose reference imitates a submission', () => {
    const imitation = {
      type: 'RegisterPaperFiling',
      call: 'call-1',
      organisation: APPLICANT,
      number: 1,
      medium: 'mail',
      pieces: 1,
      reference: `1\n${content.hash}`,
      arrivedAt: '2021-07-01T08:00:00Z',
    } as const;
    expect(receiptOf([], imitation)).not.toBe(receiptOf(ready, submit));
  });
});
