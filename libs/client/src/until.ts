const PAUSE_MS = 2;

/** Looks again until there is something, and fails in words when there never is. */
export async function until<T>(
  look: () => T | undefined | Promise<T | undefined>,
  what: string,
  patienceMs = 60_000,
): Promise<T> {
  for (const started = Date.now(); ;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() - started > patienceMs) throw new Error(`Waited in vain for ${what}.`);
    // Whoever is waited for may need the processor.
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
