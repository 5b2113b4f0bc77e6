import type { Party } from '#domain/agreement/agreement-facts.js';
import { sayDay } from '#domain/instants.js';
import { euros, sum } from '#domain/money.js';
import { frenchForms } from '#domain/story/french.js';
import { filePage, type Template, title, type Told } from '../../told.js';
import { drafted } from '../example-facts.js';

export const agreementDrafted: Template<'AgreementDrafted'> = {
  kind: 'agreement-drafted',
  words: (fact, told) => ({
    subject: `${frenchForms[fact.form]} à signer — ${title(told)}`,
    lines: [
      `Pour le dossier de ${told.organisation} : ${euros(sum(fact.lines.map(({ amountCents }) => amountCents)))}, du ${sayDay(fact.startsOn)} au ${sayDay(fact.endsOn)}.`,
      `Parties : ${fact.parties.map((party) => nameOf(party, fact, told)).join(', ')}`,
      'La signature de chacune est attendue.',
      ...filePage(told),
    ],
  }),
  example: [drafted],
};

/** Institutions by their code, the beneficiary by its name. */
const nameOf = ({ id }: Party, { organisation }: { organisation: string }, told: Told): string =>
  id === organisation ? (told.organisation ?? id) : id;
