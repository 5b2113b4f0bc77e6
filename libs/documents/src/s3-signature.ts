/** For the stand-in of the tests: Signature Version 4 checked from its description alone, not by what signs in the service. */
import { createHash, createHmac } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export interface SignedRequest {
  readonly method: string;
  /** As it came: path and query. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const percent = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);

const scheme =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$/;

/** The code that S3 would answer; undefined where the signature is right. */
export function wrongSignature(
  { method, url, headers }: SignedRequest,
  { key, secret, region }: { key: string; secret: string; region: string },
  now: number,
): string | undefined {
  const [, asked, day = '', inRegion = '', signed = '', signature] = scheme.exec(headers.authorization ?? '') ?? [];
  if (asked === undefined) return 'AccessDenied';
  if (asked !== key) return 'InvalidAccessKeyId';
  const names = signed.split(';');
  const date = String(headers['x-amz-date']);
  const required = [
    'host',
    ...Object.keys(headers).filter((name) => name.startsWith('x-amz-') || name === 'content-md5'),
  ];
  if (!required.every((name) => names.includes(name)) || !date.startsWith(day)) return 'AccessDenied';
  const at = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now - at) < 900_000)) return 'RequestTimeTooSkewed';
  if (inRegion !== region) return 'AuthorizationHeaderMalformed';
  const [path = '', query = ''] = url.split('?');
  const settings = query
    .split('&')
    .filter((one) => one !== '')
    .map((one) => one.split('=').map((part) => percent(decodeURIComponent(part))))
    .map(([name = '', value = '']) => `${name}=${value}`)
    .sort();
  const canonical = [
    ...[method, path.split('/').map(decodeURIComponent).map(percent).join('/'), settings.join('&')],
    ...names.map((name) => `${name}:${String(headers[name]).trim()}`),
    ...['', signed, String(headers['x-amz-content-sha256'])],
  ].join('\n');
  const scope = `${day}/${inRegion}/s3/aws4_request`;
  const hash = createHash('sha256').update(canonical).digest('hex');
  const signing = [day, inRegion, 's3', 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  const right = hmac(signing, ['AWS4-HMAC-SHA256', date, scope, hash].join('\n')).toString('hex');
  return signature === right ? undefined : 'SignatureDoesNotMatch';
}
