import { readFileSync } from 'node:fs';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A wrong variable stops the start, with a sentence that says which and why. */
export class WrongConfiguration extends Error {
  override readonly name = 'WrongConfiguration';
}

/** Variables that hold secrets; each may lie in a file, which `<NAME>_FILE` names, as orchestrators mount them. */
export const secretVariables = ['EVENT_STORE_URL', 'METRICS_TOKEN', 'REDIS_URL', 'SECRET_KEY', 'SMTP_URL'] as const;
const secret: ReadonlySet<string> = new Set(secretVariables);

/** The same variables, the secret ones read from their files where these are named. @throws WrongConfiguration */
export const withSecretFiles = (env: Environment): Environment =>
  new Proxy(env, {
    get: (_, name: string) => (secret.has(name) ? valueOf(env, name) : env[name]),
  });

function valueOf(env: Environment, name: string): string | undefined {
  const value = env[name] || undefined;
  const path = env[`${name}_FILE`] || undefined;
  if (path === undefined) return value;
  if (value !== undefined) throw new WrongConfiguration(`Donnez ${name} ou ${name}_FILE, et non les deux.`);
  return contentsOf(path, name);
}

function contentsOf(path: string, name: string): string {
  try {
    const text = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
    if (text !== '') return text;
  } catch {
    // The reason may quote more than the path.
  }
  throw new WrongConfiguration(`Le fichier que nomme ${name}_FILE est vide ou illisible.`);
}
