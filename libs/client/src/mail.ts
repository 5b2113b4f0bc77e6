/** A message as a mail program shows it: header words and quoted-printable or base64 text decoded. */
export function decoded(eml: string): string {
  const [head = '', ...rest] = eml.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const unfolded = head
    .replace(/\r\n[ \t]+/g, ' ')
    .replace(/\?= =\?/g, '?==?')
    .replace(/=\?UTF-8\?Q\?(.*?)\?=/gi, (_, text: string) => bytesOf(text.replace(/_/g, ' ')).toString('utf8'))
    .replace(/=\?UTF-8\?B\?(.*?)\?=/gi, (_, text: string) => Buffer.from(text, 'base64').toString('utf8'));
  if (/Content-Transfer-Encoding: base64/i.test(head))
    return `${unfolded}\n\n${Buffer.from(body, 'base64').toString('utf8')}`;
  if (/Content-Transfer-Encoding: quoted-printable/i.test(head))
    return `${unfolded}\n\n${bytesOf(body.replace(/=\r\n/g, '')).toString('utf8')}`;
  return `${unfolded}\n\n${body}`;
}

const bytesOf = (quoted: string): Buffer =>
  Buffer.from(
    quoted.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  );

/** The code to sign in that a message holds, if it holds one. */
export const codeIn = (message: string): string | undefined => /^ {2}(\S+)$/m.exec(message)?.[1];
