import { accepted } from '#client/client.js';
import type { Leads } from './preparation.js';
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

/** A table as people read it: columns as wide as what is in them. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isFigure = (cell: string): boolean => /^-?[\d, ]+( €| %)?$/.test(cell);
  return rows
    .map((row) =>
      row
        .map((cell, column) => (isFigure(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export const short = (name: string): string => (name.length > 34 ? `${name.slice(0, 33)}…` : name);
