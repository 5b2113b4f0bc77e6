import { sayDay } from '#domain/instants.js';
import { amountOf, type Cents, euros } from '#domain/money.js';
import type { AwardLineAnswer } from './awards.answers.js';

/** What a letter of decision is written from; all of it follows from facts. */
export interface LetterOfDecision {
  readonly call: string;
  readonly authorities: readonly string[];
  readonly organisation: string;
  /** SIRET or RNA. */
  readonly identifier: string;
  readonly receipt: string;
  /** granted, reserve, refused, no-action. */
  readonly outcome: string;
  readonly lines: readonly AwardLineAnswer[];
  readonly requestedCents: Cents | undefined;
  readonly reasons: readonly { readonly authority: string; readonly reasons: string }[];
  readonly notifiedOn: string;
  readonly appealUntil: string;
  /** When it was notified: the file says it was made then. */
  readonly at: string;
}

/** The PDF of a decision. The same facts make the same bytes, so that a hash tells a letter that was touched. */
export async function letter(from: LetterOfDecision): Promise<Buffer> {
  const title = `Décision – ${from.call}`;
  // As late as that: it takes a tenth of the start of the service.
  const { default: PDFDocument } = await import('pdfkit');
  const document = new PDFDocument({
    size: 'A4',
    margin: 64,
    lang: 'fr-FR',
    displayTitle: true,
    compress: false,
    info: { Title: printable(title), Author: printable(from.authorities.join(', ')), CreationDate: new Date(from.at) },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const written = new Promise<void>((resolve) => document.on('end', resolve));
  for (const { text, as } of paragraphs(from)) {
    document.font(as === 'text' ? 'Helvetica' : 'Helvetica-Bold').fontSize(as === 'title' ? 15 : 10.5);
    document.text(printable(text), { lineGap: 2 }).moveDown(as === 'title' ? 1 : 0.7);
  }
  document.end();
  await written;
  return Buffer.concat(chunks);
}

interface Paragraph {
  readonly text: string;
  readonly as: 'title' | 'heading' | 'text';
}
const heading = (text: string): Paragraph => ({ text, as: 'heading' });
const plain = (text: string): Paragraph => ({ text, as: 'text' });

/** What the letter says, from top to bottom. */
export function paragraphs(from: LetterOfDecision): Paragraph[] {
  return [
    plain(from.authorities.join('\n')),
    plain(`Le ${sayDay(from.notifiedOn)}`),
    plain(`À l'attention de ${from.organisation} (${from.identifier})`),
    { text: subjects[from.outcome] ?? 'Décision', as: 'title' },
    plain(`Appel à projets : ${from.call}\nAccusé de réception : ${from.receipt}`),
    ...decision(from),
    ...(from.reasons.length > 0 ? [heading('Motifs')] : []),
    ...from.reasons.map(({ authority, reasons }) => plain(`${authority} : ${reasons}`)),
    heading('Voies et délais de recours'),
    plain(
      `Vous pouvez former un recours gracieux auprès des autorités signataires jusqu'au ${sayDay(from.appealUntil)} inclus, ` +
        'sur le service où vous avez déposé votre dossier (code des relations entre le public et l’administration, article L411-2).',
    ),
    plain(
      'Vous pouvez aussi saisir le tribunal administratif compétent dans les deux mois qui suivent la notification de cette ' +
        'décision, ou, si vous avez formé un recours gracieux, son rejet (code de justice administrative, article R421-1).',
    ),
  ];
}

const subjects: Readonly<Record<string, string>> = {
  granted: "Attribution d'une subvention",
  reserve: 'Inscription sur la liste complémentaire',
  refused: 'Rejet de votre demande',
  'no-action': 'Classement sans suite de votre demande',
};

function decision({ outcome, lines, requestedCents }: LetterOfDecision): Paragraph[] {
  switch (outcome) {
    case 'granted': {
      const total = amountOf(lines);
      const reduced = requestedCents !== undefined && total < requestedCents;
      return [
        plain(
          lines.length === 0
            ? 'Votre projet est retenu.'
            : `Votre projet est retenu : ${euros(total)} vous sont attribués${reduced ? `, sur ${euros(requestedCents)} demandés` : ''}.`,
        ),
        ...lines.map(({ funder, programme, action, year, amountCents }) =>
          plain(`– ${funder}, ${programme}${action === null ? '' : ` (${action})`}, ${year} : ${euros(amountCents)}`),
        ),
        ...(reduced
          ? [plain('Ce montant étant inférieur à votre demande, acceptez-le avec un budget révisé, ou déclinez-le.')]
          : []),
      ];
    }
    case 'reserve':
      return [
        plain(
          'Votre projet est inscrit sur la liste complémentaire : il pourra être retenu si des crédits reviennent.',
        ),
      ];
    case 'refused':
      return [plain("Votre demande n'est pas retenue.")];
    default:
      return [plain('Votre demande est classée sans suite.')];
  }
}

/** The standard fonts of PDF write Windows-1252; what they lack becomes a question mark rather than garbage. */
const printable = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replace(/[^\n\u0020-\u007e\u00a1-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/gu, '?');
