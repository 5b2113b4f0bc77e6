import { randomBytes, randomUUID } from 'node:crypto';
import { system } from '#commands/asking.js';
import { digest } from '#commands/canonical.js';
import { type Handler, Refused } from '#commands/handler.js';
import { account } from '#commands/subjects.js';
import { idFrom } from '#commands/ids.js';
import type { EventStore } from '#event-store/event-store.js';
import type { Service } from './service.js';

/** The account of the first operator of this log: the same on every machine that has it. */
const operatorOf = (store: EventStore): string => idFrom('operator', store.logId);
const DAYS = 366;

/** For an empty log: makes the operator's account and its token. Undefined where somebody has done so. */
export async function firstOperator({ store, handler, clock, projector }: Service): Promise<string | undefined> {
  if ((await store.head()) !== undefined) return undefined;
  const secret = await operatorToken(store, handler, clock.now());
  const written = await store.head();
  if (written !== undefined) await projector.reached(written, 5000);
  return secret;
}

/** A new token for the operator of this log. */
export async function operatorToken(store: EventStore, handler: Handler, at: string): Promise<string> {
  const person = operatorOf(store);
  const asking = system(at, 'first-operator', store.logId);
  const details = {
    name: 'Exploitant',
    email: 'exploitant@localhost.invalid',
    invitation: idFrom('invitation', person),
  };
  const opened = await store.readStream(`account-${person}`, { limit: 1 });
  if (opened.length === 0) await handler.change(account, person, { type: 'OpenAccount', ...details }, asking);
  const role = { type: 'GrantRole', role: 'operator', scope: { kind: 'everywhere' } } as const;
  await handler.change(account, person, role, { ...asking, key: randomUUID() }).catch((error: unknown) => {
    if (!(error instanceof Refused && error.refusal.code === 'RoleHeld')) throw error;
  });
  const secret = `cv_${randomBytes(32).toString('base64url')}`;
  const token = {
    token: randomUUID(),
    hash: digest(secret),
    scopes: ['read', 'write', 'administer'] as const,
    days: DAYS,
    label: 'exploitant',
  };
  await handler.change(account, person, { type: 'IssueToken', ...token }, { ...asking, key: token.token });
  return secret;
}
