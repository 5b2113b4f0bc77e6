import type { Block } from './told.js';

export interface Page {
  readonly subject: string;
  readonly body: readonly Block[];
  readonly footer: readonly Block[];
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '');

/**
 * The one layout. It has no images and no colours of its own, so that contrast, dark mode and letter sizes are those of
 * the reader, and it reads alike without its style.
 */
export const htmlOf = ({ subject, body, footer }: Page): string =>
  `<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(subject)}</title>
<style>body { font-family: sans-serif; line-height: 1.5; max-width: 40em; margin: 1em auto; padding: 0 1em; overflow-wrap: anywhere } h1 { font-size: 1.3em }</style>
</head>
<body>
<main>
<h1>${escaped(subject)}</h1>
${body.map(blockOf).join('\n')}
</main>
<hr>
<footer>
${footer.map(blockOf).join('\n')}
</footer>
</body>
</html>
`;

function blockOf(block: Block): string {
  if (typeof block === 'string') return `<p>${escaped(block)}</p>`;
  if ('list' in block) return `<ul>\n${block.list.map((item) => `<li>${escaped(item)}</li>`).join('\n')}\n</ul>`;
  if ('code' in block) return `<p><code>${escaped(block.code)}</code></p>`;
  const url = escaped(block.url);
  return `<p>${escaped(block.label)} : <a href="${url}">${url}</a></p>`;
}
