import { beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The demonstration as `npm run demo` runs it. */
describe('the demonstration', () => {
  let ended: { code: number | null; stdout: string; stderr: string };
  beforeAll(async () => {
    const program = fileURLToPath(new URL('../src/main.js', import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: '' };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    ended = { code, stdout, stderr };
  }, 180_000);

  it('ends well, with nothing to complain about', () => {
    expect({ code: ended.code, stderr: ended.stderr }).toEqual({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(/\nDémonstration terminée en \d+\.\d s\.\n$/);
  });

  it('tells it in order, from May 2021 to October 2023', () => {
    const months = [...['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre']];
    months.push('octobre', 'novembre', 'décembre');
    const days = [...ended.stdout.matchAll(/^ {2}(\d{1,2})(?:er)? (\p{L}+) (202\d)$/gmu)].map(
      ([, day = '', month = '', year = '']) => (Number(year) * 12 + months.indexOf(month)) * 100 + Number(day),
    );
    expect(days.length).toBeGreaterThan(30);
    expect(days).toEqual(days.toSorted((a, b) => a - b));
    expect([days.at(0), days.at(-1)]).toEqual([(2021 * 12 + 4) * 100 + 12, (2023 * 12 + 9) * 100 + 2]);
  });

  it('stays under a minute', () => {
    const [, seconds = ''] = /Démonstration terminée en (\d+\.\d) s/.exec(ended.stdout) ?? [];
    expect(Number(seconds)).toBeLessThan(60);
  });

  it('has figures that add up', () => {
    const cents = (text: string | undefined): number => Number((text ?? '').replace(/[^\d]/g, ''));
    const tables = [...ended.stdout.matchAll(/ enveloppe .*\n((?: +\d [^\n]*\n)+) +total +([^\n]*)/g)];
    expect(tables.length).toBeGreaterThan(5);
    for (const [, rows = '', total = ''] of tables) {
      const amounts = (line: string): number[] =>
        [...line.matchAll(/\d{1,3}(?: \d{3})*,\d{2} €/g)].map(([text]) => cents(text));
      const lines = rows.trimEnd().split('\n').map(amounts);
      expect(lines).toHaveLength(3);
      expect(amounts(total)).toEqual(
        [0, 1, 2].map((column) => lines.reduce((sum, line) => sum + (line[column] ?? 0), 0)),
      );
    }
    const [, filed, admissible, refused] =
      /(\d+) dossiers déposés = (\d+) recevables \+ (\d+) refusés/.exec(ended.stdout) ?? [];
    expect(Number(filed)).toBe(Number(admissible) + Number(refused));
  });

  it.each([
    "rédige l'appel « Appel à projets commun ARS/DREETS",
    "signe à son tour : la phase préparatoire s'ouvre",
    "corrige une pondération (95 → 100) : l'approbation de l'ARS tombe",
    "publie l'avis, que chacun peut lire sans compte :",
    "29 organismes              s'inscrivent, par SIRET ou par RNA",
    'commencent leur dossier ; le dernier écrira sur papier',
    "accepte : l'avis rectificatif n° 1 est publié, chacun est prévenu",
    'dépose à la dernière seconde : AR-',
    'refusé : La date limite de dépôt est passée : 13 août 2021 à 16 h 00 (heure de Paris).',
    'en ouvre 0 : ils sont scellés',
    'descelle les dossiers : plus aucun délai ne court',
    'apprend qui a lu son dossier : Inès Instructrice, le 2021-08-16',
    'termine la recevabilité : 26 dossiers déposés = 23 recevables + 3 refusés',
    'déclarent leurs intérêts ; deux ont un conflit, chacun sur un dossier',
    "refusé : Ce dossier n'existe pas.",
    "refusé : Le quorum n'est pas atteint : 2 voix présentes ou représentées sur 6, il en faut 3 (CRPA R133-10).",
    'refusé : Un membre déporté ne vote pas sur ce dossier (CRPA R133-12).',
    'départagent ensemble : avis favorable',
    "étaient demandés. Rien n'est attribué, et les autorités pilotes décident à nouveau.",
    'refusé : Un dossier mieux classé attend encore sur la liste complémentaire',
    'refusé : Une convention est obligatoire : ',
    'attend sa vérification par une seconde personne.',
    "refusé : Ce bénéficiaire devait un bilan d'activité le 30 juin 2023",
    "refusé : Le bénéficiaire peut présenter ses observations jusqu'au 18 septembre 2023.",
    '278 946,64 € attribués = 278 946,64 € payés ; 278 946,64 € − 1 500,00 € reversés = 277 446,64 €',
  ])('says « %s »', (line) => {
    expect(ended.stdout).toContain(line);
  });

  it('says what the README shows of it', () => {
    const oneSpace = (line: string): string => line.replace(/\s+/g, ' ').trim();
    const said = new Set(ended.stdout.split('\n').map(oneSpace));
    const [, excerpt = ''] = /```\n(12 mai 2021\n.*?)```/s.exec(readFileSync('README.md', 'utf8')) ?? [];
    const shown = excerpt.trim().split('\n').map(oneSpace);
    expect(shown.length).toBeGreaterThan(6);
    expect(shown.filter((line) => !said.has(line))).toEqual([]);
  });

  it('finds every page the same after the read models were deleted, and after they were rebuilt beside', () => {
    const compared = [
      ...ended.stdout.matchAll(/(\d+) pages lues par 7 lecteurs : (\d+) identiques, (\d+) différentes/g),
    ];
    expect(compared).toHaveLength(2);
    for (const [, read, same, different] of compared) expect([same, different]).toEqual([read, '0']);
    expect(Number(compared[0]?.[1])).toBeGreaterThan(1600);
  });
});
