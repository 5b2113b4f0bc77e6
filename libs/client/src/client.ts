export interface Answer<T = Record<string, never>> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  /** The body as it came, where it isn't JSON. */
  readonly text: string;
}

export interface Sending {
  readonly key?: string;
  readonly ifMatch?: string;
  readonly position?: string;
  readonly accept?: string;
}

/** A person at their machine: sends requests to the API as they would, with `fetch`. For the demonstration and tests. */
export class Client {
  constructor(
    readonly url: string,
    public token?: string,
  ) {}

  get<T>(path: string, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('GET', path, undefined, sending);
  }

  post<T>(path: string, body: unknown = {}, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('POST', path, JSON.stringify(body), sending);
  }

  /** Posts what somebody edits, with the version they have just read. */
  async edit<T>(seen: string, path: string, body: unknown): Promise<Answer<T>> {
    const { headers } = await this.get(seen);
    return this.post<T>(path, body, { ifMatch: headers.get('etag') ?? '' });
  }

  put<T>(path: string, bytes: Uint8Array, sending: Sending = {}): Promise<Answer<T>> {
    return this.send<T>('PUT', path, bytes, sending, 'application/octet-stream');
  }

  delete<T>(path: string): Promise<Answer<T>> {
    return this.send<T>('DELETE', path, undefined, {});
  }

  async send<T>(
    method: string,
    path: string,
    body: string | Uint8Array | undefined,
    { key, ifMatch, position, accept }: Sending,
    type = 'application/json',
  ): Promise<Answer<T>> {
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...(body !== undefined && { 'content-type': type }),
        ...(key && { 'idempotency-key': key }),
        ...(ifMatch && { 'if-match': ifMatch }),
        ...(position && { 'convergence-position': position }),
        ...(accept && { accept }),
      },
      ...(body !== undefined && { body }),
    });
    const text = await response.text();
    const json = /json/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (json && text ? JSON.parse(text) : {}) as T,
    };
  }
}

/** Fails with what the service said, which a bare status doesn't tell. */
export function accepted<T>(answer: Answer<T>): T {
  if (answer.status >= 300) throw new Error(`${answer.status} ${answer.text}`);
  return answer.body;
}
