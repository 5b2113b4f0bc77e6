/** A bucket of S3-compatible storage, what of it is ours, and as whom we ask. */
export interface S3Address {
  /** `https://host:port`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** What the names of our objects begin with: empty, or ending with a slash. */
  readonly prefix: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

const shape = new RegExp(
  [
    String.raw`^s3\+(?<protocol>https?)://`,
    String.raw`(?<key>[^\s:@/?#&]+):(?<secret>[^\s:@/?#&]+)@`,
    String.raw`(?<host>(?:[A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\])(?::\d{1,5})?)`,
    String.raw`/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])`,
    String.raw`(?<prefix>(?:/(?!\.\.?(?:/|\?|$))[A-Za-z0-9._-]+)*)/?`,
    String.raw`(?:\?region=(?<region>[a-z0-9-]{1,50}))?$`,
  ].join(''),
);

/** `s3+https://KEY:SECRET@host[:port]/bucket[/prefix][?region=…]`, all of it understood; undefined otherwise. */
export function s3Address(text: string): S3Address | undefined {
  const found = shape.exec(text)?.groups;
  if (!found) return undefined;
  const { protocol, host, bucket = '', prefix = '', region = 'us-east-1' } = found;
  const endpoint = `${protocol ?? ''}://${host ?? ''}`;
  if (!URL.canParse(endpoint)) return undefined;
  try {
    const [key, secret] = [found['key'] ?? '', found['secret'] ?? ''].map(decodeURIComponent) as [string, string];
    return { endpoint, bucket, prefix: prefix === '' ? '' : `${prefix.slice(1)}/`, region, key, secret };
  } catch {
    return undefined;
  }
}
