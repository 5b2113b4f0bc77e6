import { parse } from 'csv-parse/sync';
import { readFileSync } from 'node:fs';

/** The joint call of 2021; see apps/demo/data/README.md. */
export interface CallData {
  readonly title: string;
  readonly kind: string;
  readonly regime: string;
  readonly region: string;
  readonly leads: readonly { readonly code: string; readonly name: string }[];
  readonly partners: readonly { readonly name: string; readonly departement: string; readonly presence: string }[];
  readonly referents: readonly {
    readonly lead: string;
    readonly name: string;
    readonly email: string;
    readonly duty: string;
  }[];
  readonly themes: readonly string[];
  readonly publics: readonly string[];
  readonly frameworks: readonly string[];
  readonly envelopes: readonly object[];
  readonly schedule: { readonly publication: string; readonly submissionDeadline: string; readonly commission: string };
  readonly shift: {
    readonly requestedFrom: string;
    readonly reason: string;
    readonly submissionDeadline: string;
    readonly commission: string;
  };
  readonly laterShift: { readonly reason: string; readonly commission: string };
  readonly associated: readonly { readonly name: string }[];
}

/** One of the 29 organisations, from SCDL. */
export interface OrganisationData {
  readonly name: string;
  readonly siret?: string;
  readonly rna?: string;
  readonly amountCents: number;
  /** The funder's share of the cost. */
  readonly share: number;
}

const file = (name: string): Buffer => readFileSync(new URL(`../../../../apps/demo/data/${name}`, import.meta.url));

export const readCall = (): CallData =>
  JSON.parse(file('call-1000-premiers-jours-2021.json').toString('utf8')) as CallData;

export function readOrganisations(): OrganisationData[] {
  const rows = parse<Record<string, string>>(file('scdl-antibes-valid.csv'), { columns: true, bom: true });
  return rows.map((row) => ({
    name: (row['nomBeneficiaire'] ?? '').replace(/\s+/g, ' ').trim(),
    ...(row['idBeneficiaire'] && { siret: row['idBeneficiaire'] }),
    ...(row['rnaBeneficiaire'] && { rna: row['rnaBeneficiaire'] }),
    amountCents: Math.round(Number(row['montant']) * 100),
    share: Number(row['pourcentageSubvention']),
  }));
}

/** What an organisation asks for, made up from what it was given in 2017: a quarter, 30 000 € at most. */
export function application(
  organisation: OrganisationData,
  index: number,
): Record<string, unknown> & { requestedCents: number } {
  const requestedCents = Math.min(Math.round(organisation.amountCents / 4), 3_000_000);
  const totalCents = Math.max(Math.ceil(requestedCents / Math.min(0.8, organisation.share)), requestedCents);
  const staffCents = Math.floor(totalCents * 0.6);
  return {
    title: `${projects[index % projects.length]} — ${organisation.name}`,
    objectives: "Soutenir l'attachement et la parentalité pendant les mille premiers jours de l'enfant.",
    description: 'Ateliers hebdomadaires, visites à domicile et permanences avec les partenaires du territoire.',
    publics: 'Familles avec un enfant de moins de deux ans, en situation de précarité.',
    startsOn: '2021-11-01',
    endsOn: '2022-10-31',
    contact: { name: 'Contact fictif', email: `contact${index + 1}@organisme.example` },
    budget: {
      charges: [
        { account: '60', label: 'Achats', amountCents: Math.floor(totalCents * 0.15) },
        {
          account: '61',
          label: 'Services extérieurs',
          amountCents: totalCents - staffCents - Math.floor(totalCents * 0.15),
        },
        { account: '64', label: 'Charges de personnel', amountCents: staffCents },
        { account: '864', label: 'Personnel bénévole', amountCents: 150_000 },
      ],
      products: [
        {
          account: '74',
          label: 'Subvention demandée',
          funder: 'ARS et DREETS Pays de la Loire',
          amountCents: requestedCents,
        },
        { account: '75', label: 'Autres produits', amountCents: totalCents - requestedCents },
        { account: '870', label: 'Bénévolat', amountCents: 150_000 },
      ],
    },
    requestedCents,
    attestations: { republicanContract: true, accurate: true, upToDate: true },
  };
}

const projects = ['La maison des mille jours', 'Premiers pas', 'Parents ensemble', 'À petits pas', 'Le nid partagé'];
