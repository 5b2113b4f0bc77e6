import { applicationId } from '#commands/ids.js';
import { canonical, digest } from '#commands/canonical.js';
import { lines } from '#domain/award/fixtures.js';
import { siret } from './applicants.js';
import { unsealedCall } from './award-stage.js';
import type { Book } from './crash-writers.js';
import { happened } from './happened.js';
import type { Row } from './log-proof.js';
import type { World } from './world.js';

/** An unsealed call with as many admissible files as ask for more than its three envelopes hold. */
export async function awardsToDecide(world: World, count: number): Promise<{ call: string; files: string[] }> {
  const call = await unsealedCall(world);
  const files = Array.from({ length: count }, (_, index) => applicationId(call, siret(9000 + index), 1));
  await Promise.all(
    files.map(async (id, index) => {
      const contents = { title: `Projet à décider n° ${index}` };
      const content = { version: 0, hash: digest(canonical(contents)) };
      const started = { type: 'ApplicationStarted', call, organisation: siret(9000 + index), number: 1 } as const;
      await happened(world, `application-${id}`, started);
      await happened(world, `content-application-${id}`, { type: 'ApplicationWritten', contents });
      await happened(
        world,
        `application-${id}`,
        {
          type: 'ApplicationSubmitted',
          ...{ submission: 1, receipt: `AR-${id}`, submittedAt: '2021-05-12T08:00:00Z', content, documents: [] },
          totals: { chargesCents: 3_000_000, productsCents: 3_000_000, inKindCents: 0, requestedCents: 2_000_000 },
          deadline: '2021-08-13T14:00:00Z',
        },
        { type: 'DeclaredAdmissible', institution: 'ARS-PDL' },
      );
    }),
  );
  return { call, files };
}

interface Funds {
  readonly application: string;
  readonly amountCents: number;
}

/** What the log has of the awards of a call: those that wait for money, how each ended, what is held and given. */
export function awardsIn(rows: readonly Row[], call: string) {
  const ended = new Map<string, string>();
  const given = new Map<string, number>();
  const held = new Map<string, number>();
  for (const { stream, type, data } of rows) {
    if (stream.startsWith('award-') && data['call'] === call) {
      ended.set(stream.slice('award-'.length), type);
      if (type !== 'AwardGranted') continue;
      for (const { line, amountCents } of data['lines'] as { line: number; amountCents: number }[])
        given.set(`${line} ${stream.slice('award-'.length)}`, amountCents);
    }
    if (!stream.startsWith(`envelope-${call}.`)) continue;
    const { application, amountCents } = data as unknown as Funds;
    const at = `${stream.split('.').at(-1)} ${application}`;
    const sign = type === 'FundsReserved' ? 1 : type === 'FundsReleased' ? -1 : 0;
    held.set(at, (held.get(at) ?? 0) + sign * amountCents);
  }
  const byName = (amounts: Map<string, number>) => [...amounts].filter(([, amount]) => amount !== 0).sort();
  const leftOn = lines.map(({ amountCents }, index) =>
    byName(held).reduce((left, [at, taken]) => left - (at.startsWith(`${index + 1} `) ? taken : 0), amountCents),
  );
  return {
    pending: [...ended].filter(([, type]) => type === 'AwardPending').map(([application]) => application),
    ended,
    held: byName(held),
    given: byName(given),
    overdrawn: leftOn.filter((left) => left < 0),
  };
}

/** Awards that somebody was told of and that the log doesn't have so. */
export const lostAwards = ({ awards }: Book, { ended }: ReturnType<typeof awardsIn>): Book['awards'] =>
  awards.filter(({ application, fact }) => ended.get(application) !== fact);
