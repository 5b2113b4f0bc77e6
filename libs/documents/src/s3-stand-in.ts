/**
 * A stand-in for S3 in the tests, not a storage: it keeps objects in memory, checks signatures, hashes and versions, and
 * fails as it is told. What a real one does is tested on the one of `DOCUMENTS_URL` (with-s3.ts).
 */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { S3Address } from './s3-address.js';
import { wrongSignature } from './s3-signature.js';

/** How a request may fail. */
export type Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly code?: string }
  | {
      readonly kind:
        'silence' | 'cut-before-answer' | 'cut-upload' | 'cut-download' | 'stalled-download' | 'altered-upload';
    };

interface Kept {
  readonly version: string;
  /** Undefined for a mark of deletion. */
  readonly bytes: Buffer | undefined;
}

const credentials = { key: 'KEYOFTHETEST', secret: 'sec/ret+of=test', region: 'fr-par' };

export class S3StandIn {
  readonly objects = new Map<string, Kept[]>();
  versioned = false;
  /** What is asked, as `PUT name`, in order. */
  readonly asked: string[] = [];
  /** Undefined: nothing fails. */
  fault: (request: string) => Fault | undefined = () => undefined;
  private made = 0;
  private readonly server = createServer((request, answer) => void this.answer(request, answer));

  static async open(): Promise<S3StandIn> {
    const standIn = new S3StandIn();
    await new Promise<void>((resolve) => standIn.server.listen(0, '127.0.0.1', resolve));
    return standIn;
  }

  get address(): S3Address {
    return { ...credentials, endpoint: `http://127.0.0.1:${this.port}`, bucket: 'documents', prefix: 'pieces/' };
  }

  /** As DOCUMENTS_URL says it. */
  get url(): string {
    const { key, secret, region } = credentials;
    return `s3+http://${key}:${encodeURIComponent(secret)}@127.0.0.1:${this.port}/documents/pieces?region=${region}`;
  }

  /** Names of what is there, without the prefix, in order. */
  get names(): string[] {
    return [...this.objects]
      .filter(([, versions]) => versions.at(-1)?.bytes)
      .map(([name]) => name.replace('pieces/', ''))
      .sort();
  }

  set(name: string, bytes: Buffer | undefined): void {
    this.made += 1;
    const versions = this.objects.get(name) ?? [];
    this.objects.set(name, [...(this.versioned ? versions : []), { version: `v${this.made}`, bytes }]);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  private async answer(request: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const { pathname, searchParams: query } = new URL(url, 'http://stand-in');
    const [, bucket, ...rest] = pathname.split('/');
    const name = rest.join('/');
    const what = `${method} ${name}${[...query.keys()].length > 0 ? `?${[...query.keys()].join('&')}` : ''}`;
    this.asked.push(what);
    const fault = this.fault(what);
    if (fault?.kind === 'cut-upload') return void request.once('data', () => request.destroy());
    const sent = await buffer(request).catch(() => undefined);
    if (!sent || fault?.kind === 'silence') return;
    if (fault?.kind === 'cut-before-answer') return void request.socket.destroy();
    const wrong = wrongSignature({ method, url, headers }, credentials, Date.now());
    if (wrong !== undefined) return refuse(answer, 403, wrong);
    if (fault?.kind === 'answer') return refuse(answer, fault.status, fault.code);
    if (bucket !== 'documents') return refuse(answer, 404, 'NoSuchBucket');
    if (name === '') return this.bucket(query, answer);
    const bytes = this.objects.get(name)?.at(-1)?.bytes;
    switch (method) {
      case 'PUT':
        return this.put(name, fault ? Buffer.concat([sent, Buffer.from('!')]) : sent, request, answer);
      case 'DELETE':
        this.delete(name, query.get('versionId'));
        return void answer.writeHead(204).end();
      case 'HEAD':
      case 'GET':
        if (!bytes) return refuse(answer, 404, method === 'GET' ? 'NoSuchKey' : undefined);
        answer.writeHead(200, { 'content-length': bytes.length });
        if (fault === undefined) return void answer.end(method === 'GET' ? bytes : undefined);
        answer.write(bytes.subarray(0, bytes.length / 2), () => {
          if (fault.kind === 'cut-download') request.socket.destroy();
        });
        return;
      default:
        return refuse(answer, 405, 'MethodNotAllowed');
    }
  }

  private put(name: string, bytes: Buffer, { headers }: IncomingMessage, answer: ServerResponse): void {
    if (headers['content-length'] === undefined) return refuse(answer, 411, 'MissingContentLength');
    if (createHash('sha256').update(bytes).digest('hex') !== headers['x-amz-content-sha256'])
      return refuse(answer, 400, 'XAmzContentSHA256Mismatch');
    if (createHash('md5').update(bytes).digest('base64') !== headers['content-md5'])
      return refuse(answer, 400, 'BadDigest');
    this.set(name, bytes);
    answer.writeHead(200).end();
  }

  private delete(name: string, version: string | null): void {
    const versions = this.objects.get(name) ?? [];
    if (version !== null) {
      const left = versions.filter((one) => one.version !== version);
      if (left.length > 0) this.objects.set(name, left);
      else this.objects.delete(name);
    } else if (this.versioned) this.set(name, undefined);
    else this.objects.delete(name);
  }

  private bucket(query: URLSearchParams, answer: ServerResponse): void {
    const under = [...this.objects].filter(([name]) => name.startsWith(query.get('prefix') ?? '')).sort();
    const xml = (inner: string) => void answer.writeHead(200, { 'content-type': 'application/xml' }).end(inner);
    const key = (name: string) => `<Key>${encodeURIComponent(name).replaceAll('%2F', '/')}</Key>`;
    if (query.has('versioning')) {
      return xml(
        `<VersioningConfiguration>${this.versioned ? '<Status>Enabled</Status>' : ''}</VersioningConfiguration>`,
      );
    }
    // A page of two, so that whoever stops at the first page leaves something.
    const most = Math.min(2, Number(query.get('max-keys') ?? 2));
    if (query.has('versions')) {
      const all = under.flatMap(([name, versions]) => versions.map((one) => ({ name, ...one })));
      const element = ({ name, version, bytes }: (typeof all)[number]) => {
        const tag = bytes ? 'Version' : 'DeleteMarker';
        return `<${tag}>${key(name)}<VersionId>${version}</VersionId></${tag}>`;
      };
      return xml(`<ListVersionsResult>${all.slice(0, most).map(element).join('')}</ListVersionsResult>`);
    }
    const there = under.filter(([, versions]) => versions.at(-1)?.bytes).slice(0, most);
    xml(`<ListBucketResult>${there.map(([name]) => `<Contents>${key(name)}</Contents>`).join('')}</ListBucketResult>`);
  }
}

function refuse(answer: ServerResponse, status: number, code?: string): void {
  answer.writeHead(status).end(code === undefined ? '' : `<Error><Code>${code}</Code></Error>`);
}
