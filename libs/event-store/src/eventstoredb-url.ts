const part = String.raw`[^\s:@/?#&,]+`;
const host = String.raw`(?:[A-Za-z0-9_.-]+)(?::\d{1,5})?`;
const shape = new RegExp(`^esdb(?:\\+discover)?://(?:(${part}):(${part})@)?${host}(?:,${host})*/?(?:\\?(\\S+))?$`);

/** What may follow the question mark; others would be ignored, and said aloud with the whole address. */
const settings: Readonly<Record<string, RegExp>> = {
  tls: /^(true|false)$/,
  tlsCAFile: /^[^&?]+$/,
  userCertFile: /^[^&?]+$/,
  userKeyFile: /^[^&?]+$/,
  connectionName: /^[\w .-]+$/,
  nodePreference: /^(leader|follower|random|readOnlyReplica)$/,
  maxDiscoverAttempts: /^[1-9]\d{0,3}$/,
  discoveryInterval: /^[1-9]\d{0,5}$/,
  gossipTimeout: /^[1-9]\d{0,2}$/,
  keepAliveInterval: /^[1-9]\d{4,6}$/,
  keepAliveTimeout: /^[1-9]\d{2,6}$/,
  space: /^[A-Za-z0-9-]{1,60}$/,
};

/** An address of EventStoreDB that its client takes whole: `esdb://` or `esdb+discover://`, all of it understood. */
export function isEventStoreUrl(text: string): boolean {
  const [match, user = '', password = '', query = ''] = shape.exec(text) ?? [];
  if (match === undefined) return false;
  try {
    decodeURIComponent(user);
    decodeURIComponent(password);
  } catch {
    return false;
  }
  return (query === '' ? [] : query.split('&')).every((setting) => {
    const [name = '', value = ''] = setting.split('=');
    return setting.split('=').length === 2 && (settings[name]?.test(value) ?? false);
  });
}

/** Ours, and not the client's: whose streams on that server are this log's, where several logs share it. */
export function spaceOf(url: string): string | undefined {
  return /[?&]space=([^&]+)/.exec(url)?.[1];
}

/** The address as its client takes it. */
export function clientUrl(url: string): string {
  const [address = '', query = ''] = url.split('?');
  const its = query.split('&').filter((setting) => setting !== '' && !setting.startsWith('space='));
  return boundedDiscovery(its.length > 0 ? `${address}?${its.join('&')}` : address);
}

/** Asks a node that doesn't answer for seconds and not for minutes: whoever waits asks again. */
function boundedDiscovery(url: string): string {
  const bounds = ['gossipTimeout=2', 'maxDiscoverAttempts=3'].filter((bound) => !url.includes(bound.replace(/\d/, '')));
  return bounds.reduce((text, bound) => `${text}${text.includes('?') ? '&' : '?'}${bound}`, url);
}
