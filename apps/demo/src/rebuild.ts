import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, type Client } from '#client/client.js';
import { until } from '#client/until.js';
import type { Leads } from './preparation.js';
import type { Applicant } from './submission.js';
import type { Theatre } from './theatre.js';
import type { Timeline } from './timeline.js';

const pagesOfCall = [
  ...['', '/questions', '/questions-asked', '/story', '/comments', '/readiness', '/names', '/reviewers', '/reviews'],
  ...['/suspected-conflicts', '/commission', '/ranking', '/envelopes', '/awards', '/payments', '/funding'],
  ...['/schedule', '/schedule/history', '/deadlines', '/reminders', '/reminder-policy', '/duties?kind=reports'],
  ...['/undelivered', '/calendar.ics'],
];
const pagesOfFile = ['', '/story', '/readings', '/reviews', '/award', '/agreement'];

/** Every page of the call as these readers see it. */
async function pagesOf(
  readers: readonly (readonly [string, Client])[],
  call: string,
  applicants: readonly Applicant[],
): Promise<Map<string, string>> {
  const files = applicants.flatMap(({ file }) => (file ? [file] : []));
  const paths = [
    '/api/calls',
    ...pagesOfCall.map((page) => `/api/calls/${call}${page}`),
    `/api/reports?call=${call}&limit=200`,
    '/api/institutions?limit=200',
    '/api/institutions/ARS-PDL',
    '/api/organisations?limit=200',
    '/api/people?limit=200',
    '/api/me',
    '/api/deadlines?days=365',
    '/api/people/me/reminders',
    '/api/webhooks',
    `/api/applications?call=${call}&limit=200`,
    ...applicants.map(({ organisation }) => `/api/organisations/${organisation}`),
    ...applicants.map(({ person }) => `/api/people/${person.id}/notices`),
    ...files.flatMap((file) => pagesOfFile.map((page) => `/api/applications/${file}${page}`)),
  ];
  const pages = new Map<string, string>();
  for (const [name, reader] of readers) {
    for (const path of paths) {
      const { status, text } = await reader.get(path);
      // Each start has a port of its own.
      const same = text
        .replace(/urn:convergence:request:[^"]+/, '')
        .replaceAll('\r\n ', '')
        .replaceAll(reader.url, '');
      pages.set(`${name} ${path}`, `${status} ${same}`);
    }
  }
  return pages;
}

/** Deletes the read models, rebuilds them from the log, and shows that every page answers the same. */
export async function rebuild(
  theatre: Theatre,
  timeline: Timeline,
  { ars, dreets }: Leads,
  call: string,
  applicants: readonly Applicant[],
): Promise<void> {
  const readers = (): (readonly [string, Client])[] => [
    ['sans compte', theatre.client()],
    ['exploitant', theatre.client(theatre.operatorToken)],
    ...[ars.admin, ars.officer, dreets.admin, ...applicants.slice(0, 2).map(({ person }) => person)].map(
      (person) => [person.name, theatre.client(person.token)] as const,
    ),
  ];
  await settled(theatre, applicants);
  const before = await pagesOf(readers(), call, applicants);
  await theatre.restart(() => {
    for (const name of readdirSync(theatre.folder).filter((file) => file.startsWith('views-')))
      rmSync(join(theatre.folder, name));
  });
  timeline.tell(
    'exploitant',
    'arrête le service, supprime toutes les pages, le redémarre : elles renaissent du journal',
  );
  compare(timeline, before, await pagesOf(readers(), call, applicants));
  accepted(await theatre.client(theatre.operatorToken).post('/api/service/rebuild-views'));
  timeline.tell('exploitant', 'les fait reconstruire encore, à côté de celles qui servent');
  compare(timeline, before, await pagesOf(readers(), call, applicants));
}

function compare(timeline: Timeline, before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): void {
  const different = [...before].filter(([page, answer]) => after.get(page) !== answer).map(([page]) => page);
  timeline.detail(
    `${before.size} pages lues par 7 lecteurs : ${before.size - different.length} identiques, ${different.length} différentes`,
  );
  if (different.length > 0) throw new Error(`These pages changed: ${different.join(', ')}`);
}

/** Waits until every notice that was decided is delivered, so that nothing changes while pages are compared. */
async function settled(theatre: Theatre, applicants: readonly Applicant[]): Promise<void> {
  const operator = theatre.client(theatre.operatorToken);
  await until(async () => {
    for (const { person } of applicants) {
      const { items } = accepted(
        await operator.get<{ items: { deliveredAt: string | null }[] }>(`/api/people/${person.id}/notices`),
      );
      if (items.some(({ deliveredAt }) => deliveredAt === null)) return undefined;
    }
    return true;
  }, 'the notices to be delivered');
}
