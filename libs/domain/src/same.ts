/** The same value, whatever the order of its fields; a field that is undefined is one that is left out. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (!isObject(one) || !isObject(other) || Array.isArray(one) !== Array.isArray(other)) return false;
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...fields].every((field) => isSame(one[field], other[field]));
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What is kept under a name that somebody gave, and nothing that every object has. */
export const own = <T>(kept: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(kept, name) ? kept[name] : undefined;
