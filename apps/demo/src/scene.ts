import { accepted } from '#client/client.js';
import type { Leads } from './preparation.js';
import type { Reminding } from './reminding.js';
import type { Applicant } from './submission.js';
import type { Actor, Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

/** What the chapters after submission are played with. */
export interface Scene {
  readonly theatre: Theatre;
  readonly timeline: Timeline;
  readonly leads: Leads;
  readonly call: string;
  readonly applicants: readonly Applicant[];
  readonly partners: readonly Actor[];
  readonly reminding: Reminding;
}

/** An applicant whose file was filed. */
export type Filed = Applicant & { readonly file: string };

/** Somebody whose account the operator opens, with a role in an institution. */
export async function hire(
  { theatre }: Pick<Scene, 'theatre'>,
  name: string,
  email: string,
  role: string,
  institution: string,
): Promise<Actor> {
  const operator = theatre.client(theatre.operatorToken);
  const { id } = accepted(await operator.post<{ id: string }>('/api/people', { name, email }));
  accepted(
    await operator.post(`/api/people/${id}/grant-role`, { role, scope: { kind: 'institution', id: institution } }),
  );
  return theatre.signIn(name, email);
}
