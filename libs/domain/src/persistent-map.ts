/**
 * A map by text that is extended without being copied: each extension shares nearly everything with the map it comes
 * from, which stays as it was. States that grow for years are folded with it, fact by fact.
 */
export class PersistentMap<V> {
  private constructor(
    private readonly root: Branch<V>,
    readonly size: number,
  ) {}

  static empty<V>(): PersistentMap<V> {
    return new PersistentMap<V>([], 0);
  }

  get(key: string): V | undefined {
    const hash = hashOf(key);
    let node: Node<V> | undefined = this.root;
    for (let shift = 0; node && isBranch(node); shift += BITS) node = node[slotOf(hash, shift)];
    for (let leaf: Leaf<V> | undefined = node; leaf; leaf = leaf.next) if (leaf.key === key) return leaf.value;
    return undefined;
  }

  with(key: string, value: V): PersistentMap<V> {
    const size = this.get(key) === undefined ? this.size + 1 : this.size;
    return new PersistentMap(extended(this.root, { key, value }, hashOf(key), 0), size);
  }

  *entries(): IterableIterator<[key: string, value: V]> {
    yield* entriesOf(this.root);
  }
}

interface Leaf<V> {
  readonly key: string;
  readonly value: V;
  /** Another key with the same hash. */
  readonly next?: Leaf<V>;
}
type Branch<V> = readonly (Node<V> | undefined)[];
type Node<V> = Branch<V> | Leaf<V>;

const BITS = 5;
const HASH_BITS = 32;
const slotOf = (hash: number, shift: number): number => (hash >>> shift) & (2 ** BITS - 1);
const isBranch = <V>(node: Node<V>): node is Branch<V> => Array.isArray(node);

function extended<V>(branch: Branch<V>, leaf: Leaf<V>, hash: number, shift: number): Branch<V> {
  const slot = slotOf(hash, shift);
  const copy = branch.slice();
  copy[slot] = placed(branch[slot], leaf, hash, shift + BITS);
  return copy;
}

function placed<V>(there: Node<V> | undefined, leaf: Leaf<V>, hash: number, shift: number): Node<V> {
  if (there === undefined) return leaf;
  if (isBranch(there)) return extended(there, leaf, hash, shift);
  if (there.key === leaf.key && !there.next) return leaf;
  if (shift >= HASH_BITS) return chained(there, leaf);
  return extended(extended([], there, hashOf(there.key), shift), leaf, hash, shift);
}

/** Keys that no bit of their hash tells apart. */
function chained<V>({ key, value, next }: Leaf<V>, leaf: Leaf<V>): Leaf<V> {
  if (key === leaf.key) return next ? { ...leaf, next } : leaf;
  return { key, value, next: next ? chained(next, leaf) : leaf };
}

function* entriesOf<V>(branch: Branch<V>): IterableIterator<[string, V]> {
  for (const node of branch) {
    if (node === undefined) continue;
    if (isBranch(node)) yield* entriesOf(node);
    else for (let leaf: Leaf<V> | undefined = node; leaf; leaf = leaf.next) yield [leaf.key, leaf.value];
  }
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
