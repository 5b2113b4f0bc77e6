import { htmlOf } from './letter-html.js';
import { contents } from './templates.js';
import type { Block, Told } from './told.js';

/** One message, as text and as HTML of the same words. */
export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const SIGNATURE = 'Convergence, message automatique : ne pas répondre.';
export const UNSUBSCRIBE = 'Ne plus recevoir ces messages';

export function letter(told: Told): Letter {
  const { subject, lines } = contents(told);
  const { unsubscribe } = told;
  const greeting = `Bonjour ${told.name},`;
  const footer: Block[] = [SIGNATURE, ...(unsubscribe === undefined ? [] : [{ label: UNSUBSCRIBE, url: unsubscribe }])];
  const text = [greeting, '', ...lines.flatMap(textOf), '', '--', ...footer.flatMap(textOf), ''].join('\n');
  return { subject, text, html: htmlOf({ subject, body: [greeting, ...lines], footer }) };
}

function textOf(block: Block): string[] {
  if (typeof block === 'string') return [block];
  if ('list' in block) return block.list.map((item) => `- ${item}`);
  if ('code' in block) return ['', `  ${block.code}`, ''];
  return [`${block.label} : ${block.url}`];
}
