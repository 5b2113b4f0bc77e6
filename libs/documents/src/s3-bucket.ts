import { AwsV4Signer } from 'aws4fetch';
import { createReadStream } from 'node:fs';
import { Agent as HttpAgent, type ClientRequest, type IncomingMessage, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { pipeline } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as after } from 'node:timers/promises';
import { DocumentsUnavailable } from './documents.js';
import type { S3Address } from './s3-address.js';
import { codeOf, goneWrong, troubleOf } from './s3-troubles.js';

interface Asked {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'DELETE';
  /** Below the bucket: empty, or the name of an object. */
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** The path of what is sent. */
  readonly file?: string;
}

/** One object, or one version of it. */
export interface S3Object {
  readonly name: string;
  readonly version?: string;
}

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const PAUSES_MS = [50, 300];
const MOST_CONNECTIONS = 50;

/** The few requests that documents need of S3, signed (Signature Version 4), the bucket in the path. */
export class S3Bucket {
  private readonly agent: HttpAgent;
  private readonly ask: typeof httpRequest;
  private readonly keys = new Map<string, ArrayBuffer>();

  constructor(
    readonly address: S3Address,
    /** Milliseconds without a byte after which nobody waits any longer. */
    private readonly patienceMs: number,
  ) {
    const secure = address.endpoint.startsWith('https:');
    const settings = { keepAlive: true, maxSockets: MOST_CONNECTIONS };
    this.agent = secure ? new HttpsAgent(settings) : new HttpAgent(settings);
    this.ask = secure ? httpsRequest : httpRequest;
  }

  /** Resolves once the storage said that it has these bytes, which it checks against both hashes. */
  async put(name: string, path: string, { size, sha256, md5 }: { size: number; sha256: string; md5: string }) {
    const headers = { 'content-length': String(size), 'content-md5': md5, 'x-amz-content-sha256': sha256 };
    await drained(await this.accepted({ method: 'PUT', name, headers, file: path }));
  }

  /** Undefined where there is none. */
  get(name: string): Promise<IncomingMessage | undefined> {
    return this.found({ method: 'GET', name }, 'NoSuchKey');
  }

  /** Bytes of the object; undefined where there is none, or no bucket. */
  async sizeOf(name: string): Promise<number | undefined> {
    const answer = await this.found({ method: 'HEAD', name });
    return answer && (await drained(answer), Number(answer.headers['content-length']));
  }

  /** The first objects (at most a thousand) whose name begins so, in no order. */
  async list(prefix: string, most = 1000): Promise<S3Object[]> {
    const query = { 'list-type': '2', 'encoding-type': 'url', prefix, 'max-keys': String(most) };
    return elements(await text(await this.accepted({ method: 'GET', query })), 'Contents');
  }

  /** The same of their versions and of the marks of deletion, where the bucket keeps any. */
  async listVersions(prefix: string): Promise<S3Object[]> {
    const query = { versions: '', 'encoding-type': 'url', prefix };
    return elements(await text(await this.accepted({ method: 'GET', query })), 'Version|DeleteMarker');
  }

  /** Whether deleting leaves versions behind; a storage that knows of none says so by 501 or 405. */
  async keepsVersions(): Promise<boolean> {
    const answer = await this.send({ method: 'GET', query: { versioning: '' } });
    const body = await text(answer);
    if (answer.statusCode === 501 || answer.statusCode === 405) return false;
    if (answer.statusCode !== 200) throw troubleOf('GET ?versioning', answer.statusCode, codeOf(body));
    return /<Status>(Enabled|Suspended)</.test(body);
  }

  async delete({ name, version }: S3Object): Promise<void> {
    await drained(await this.accepted({ method: 'DELETE', name, ...(version && { query: { versionId: version } }) }));
  }

  close(): void {
    this.agent.destroy();
  }

  private async accepted(asked: Asked): Promise<IncomingMessage> {
    const answer = await this.send(asked);
    const { statusCode = 0 } = answer;
    if (statusCode >= 200 && statusCode < 300) return answer;
    throw troubleOf(described(asked), statusCode, codeOf(await text(answer)));
  }

  private async found(asked: Asked, absent?: string): Promise<IncomingMessage | undefined> {
    const answer = await this.send(asked);
    const { statusCode = 0 } = answer;
    if (statusCode === 200) return answer;
    const code = codeOf(await text(answer));
    if (statusCode === 404 && code === absent) return undefined;
    throw troubleOf(described(asked), statusCode, code);
  }

  /** Asked again after a while where the storage is busy or the connection was cut: all of it may be repeated. */
  private async send(asked: Asked): Promise<IncomingMessage> {
    for (const pause of PAUSES_MS) {
      try {
        const answer = await this.sendOnce(asked);
        if (troubleOf('', answer.statusCode, undefined).reason !== 'busy') return answer;
        await drained(answer);
      } catch (error) {
        if (!(error instanceof DocumentsUnavailable) || error.reason !== 'away') throw error;
      }
      await after(pause);
    }
    return this.sendOnce(asked);
  }

  private async sendOnce(asked: Asked): Promise<IncomingMessage> {
    const { method, name, query = {}, file } = asked;
    const { endpoint, bucket, key, secret, region } = this.address;
    const url = new URL(`${endpoint}/${bucket}${name === undefined ? '' : `/${name}`}`);
    for (const [setting, value] of Object.entries(query)) url.searchParams.set(setting, value);
    const { headers } = await new AwsV4Signer({
      ...{ method, url: url.href, service: 's3', region, cache: this.keys },
      ...{ accessKeyId: key, secretAccessKey: secret },
      headers: { 'x-amz-content-sha256': EMPTY, ...asked.headers },
    }).sign();
    const request = this.ask(url, {
      ...{ method, agent: this.agent, timeout: this.patienceMs },
      headers: Object.fromEntries(headers),
    });
    return answerTo(request, described(asked), file);
  }
}

function answerTo(request: ClientRequest, what: string, file: Asked['file']): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const failed = (error: Error): void => reject(goneWrong(what, error));
    let answered: IncomingMessage | undefined;
    request.once('timeout', () => (answered ?? request).destroy(new DocumentsUnavailable('slow', what)));
    request.once('response', (answer) => {
      answered = answer;
      resolve(answer);
    });
    // An answer may come before all is sent, and a connection be cut after it.
    request.on('error', failed);
    if (!file) return request.end();
    pipeline(createReadStream(file), request, (error) => error && failed(error));
  });
}

const described = ({ method, name = '', query = {} }: Asked): string =>
  `${method} ${name}${Object.keys(query).length > 0 ? `?${Object.keys(query).join('&')}` : ''}`;

async function drained(answer: IncomingMessage): Promise<void> {
  await text(answer).catch((error: unknown) => {
    throw goneWrong('answer', error as Error);
  });
}

/** Names come URL-encoded, as they were asked for, so that they hold no entities. */
function elements(xml: string, tags: string): S3Object[] {
  return [...xml.matchAll(new RegExp(`<(${tags})>(.*?)</\\1>`, 'gs'))].map(([, , inner = '']) => {
    const name = decodeURIComponent(/<Key>([^<]*)</.exec(inner)?.[1]?.replaceAll('+', ' ') ?? '');
    const version = /<VersionId>([^<]*)</.exec(inner)?.[1];
    return { name, ...(version && { version }) };
  });
}
