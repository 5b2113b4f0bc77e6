/** A message as a mail program that shows plain text: header words and the text decoded. */
export function decoded(eml: string): string {
  const { head, body } = halves(eml);
  const parts = partsOf(eml);
  return `${unfolded(head)}\n\n${textOf(parts.find(isOf('text/plain')) ?? { head, body })}`;
}

/** The same message as HTML, decoded; undefined where it has none. */
export function htmlIn(eml: string): string | undefined {
  const part = partsOf(eml).find(isOf('text/html'));
  return part && textOf(part);
}

interface Part {
  readonly head: string;
  readonly body: string;
}

function halves(text: string): Part {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  return { head, body: rest.join('\r\n\r\n') };
}

/** The alternatives of a message, if it has several. */
function partsOf(eml: string): Part[] {
  const { head, body } = halves(eml);
  const boundary = /boundary="([^"]+)"/.exec(head)?.[1];
  if (boundary === undefined) return [];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => halves(part.replace(/^\r\n/, '')));
}

const isOf =
  (type: string) =>
  ({ head }: Part): boolean =>
    new RegExp(`^Content-Type: ${type}`, 'im').test(head);

const unfolded = (head: string): string =>
  head
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) => bytesOf(text.replace(/_/g, ' ')).toString('utf8'))
    .replace(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'));

function textOf({ head, body }: Part): string {
  if (/Content-Transfer-Encoding: base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  if (/Content-Transfer-Encoding: quoted-printable/i.test(head))
    return bytesOf(body.replace(/=\r\n/g, '')).toString('utf8');
  return body;
}

const bytesOf = (quoted: string): Buffer =>
  Buffer.from(
    quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

/** The code to sign in that a message holds, if it holds one. */
export const codeIn = (message: string): string | undefined => /^ {2}(\S+)$/m.exec(message)?.[1];
