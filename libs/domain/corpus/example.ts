import type { Fact, FactType } from '../src/facts.js';

/** Ids of the one story that the examples tell. */
export const PERSON = '33333333-3333-4333-8333-333333333333';
export const INVITATION = '55555555-5555-4555-8555-555555555555';
export const ORGANISATION = '52499120500013';
export const CALL = '11111111-1111-4111-8111-111111111111';
export const FILE = '22222222-2222-4222-8222-222222222222';
export const QUESTION = '44444444-4444-4444-8444-444444444444';
export const NOTICE = '66666666-6666-4666-8666-666666666666';
/** A second one, to the second contact. */
export const SECOND_NOTICE = '6a6a6a6a-6666-4666-8666-666666666666';
export const COMMENT = '77777777-7777-4777-8777-777777777777';
export const DOCUMENT = '88888888-8888-4888-8888-888888888888';
export const DELEGATION = '99999999-9999-4999-8999-999999999999';
export const hash = (letter: string): string => letter.repeat(64);

/** A fact of one type: its stream and its data. */
export type Example<T extends FactType> = readonly [stream: string, fact: Omit<Extract<Fact, { type: T }>, 'type'>];
export type Examples<T extends FactType> = { readonly [K in T]: Example<K> };
