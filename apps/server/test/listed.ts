import { accepted, type Client } from '#client/client.js';
import type { Theatre } from './actors.js';

export type Row = Record<string, string | number | boolean | null>;
export interface Page {
  readonly items: readonly Row[];
  readonly next?: string;
}

export const idOf = (row: Row): string => String(row['id'] ?? row['code']);

/** The whole list, as one page: the lists of the tests are short enough. */
export const all = async (client: Client, list: string, query = ''): Promise<readonly Row[]> =>
  accepted(await client.get<Page>(`/api/${list}?limit=200${query}`)).items;

export function holderOf({ actors }: Theatre, role: string): Client {
  const found = actors.find(({ grants }) => grants.some((grant) => grant.role === role));
  if (!found) throw new Error(`Nobody on the stage is ${role}.`);
  return found.client;
}
