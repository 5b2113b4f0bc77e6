import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

/** The demonstration as `npm run demo` runs it. */
describe('the demonstration', () => {
  let ended: { code: number | null; stdout: string; stderr: string; load: number };
  beforeAll(async () => {
    const program = fileURLToPath(new URL('../src/main.js', import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: '', EVENT_STORE_URL: '' };
    const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const [stdout, stderr, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number | null]>,
    ]);
    ended = { code, stdout, stderr, load: loadavg()[0] ?? 0 };
  }, 180_000);

  /** Where it says that its messages are. */
  const outbox = (): string => / +(\/\S+\/outbox)\n/.exec(ended.stdout)?.[1] ?? '';
  afterAll(() => {
    if (basename(dirname(outbox())).startsWith('convergence-demo-')) rmSync(dirname(outbox()), { recursive: true });
  });

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

  it('stays under a minute, where it has the machine for itself', () => {
    const [, seconds = ''] = /Démonstration terminée en (\d+\.\d) s/.exec(ended.stdout) ?? [];
    const shared = Math.max(1, ended.load / availableParallelism());
    expect(Number(seconds) / shared).toBeLessThan(60);
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
    'commencent leur dossier ; un autre attend, le dernier écrira sur papier',
    "accepte : l'avis rectificatif n° 1 est publié, chacun est prévenu",
    'dépose à la dernière seconde : AR-',
    'refusé : La date limite de dépôt est passée : 13 août 2021 à 16 h 00 (heure de Paris).',
    'en ouvre 0 : ils sont scellés',
    'descelle les dossiers : plus aucun délai ne court',
    'apprend qui a lu son dossier : Inès Instructrice, le 2021-08-16',
    'termine la recevabilité : 26 dossiers déposés = 23 recevables + 3 refusés',
    '3 évaluateurs              déclarent leurs intérêts ; deux ont un conflit, chacun sur un dossier',
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

  /** What it says at an instant, spaces made one. */
  const at = (day: string, hour: string): string[] => {
    const [, rest = ''] = ended.stdout.split(`\n  ${day}\n`);
    const lines = rest.split(/\n {2}\d|\n──/)[0]?.split('\n') ?? [];
    const oneSpace = lines.map((line) => line.replace(/\s+/g, ' ').trim());
    return oneSpace.filter((line) => line.startsWith(`${hour} `)).map((line) => line.slice(hour.length + 1));
  };
  const officers = '3 personnes (Camille Référente, Dominique Référent, Inès Instructrice)';

  it.each<[string, string, string[]]>([
    [
      '29 juillet 2021',
      '9 h 00',
      ['rappel J-15 « dépôt du dossier » : 27 personnes (Adèle Dupont-Exemple, Adèle Martin-Exemple, Adèle Porteuse…)'],
    ],
    [
      '13 août 2021',
      '12 h 00',
      [
        'rappel H-4 « dépôt du dossier » : 3 personnes (Adèle Dupont-Exemple, Céleste Martin-Exemple, Fabrice Dupont-Exemple)',
      ],
    ],
    ['25 août 2021', '9 h 00', ['rappel J-2 « pièces à compléter » : 1 personne (Adèle Martin-Exemple)']],
    ['7 septembre 2021', '9 h 00', ["rappel J-15 « déclaration d'intérêts » : 1 personne (Ulysse Évaluateur)"]],
    [
      '20 septembre 2021',
      '9 h 00',
      [
        "rappel J-2 « déclaration d'intérêts » : 1 personne (Didier Membre)",
        'rappel J-2 « évaluations à remettre » : 1 personne (Ulysse Évaluateur)',
      ],
    ],
    [
      '23 septembre 2021',
      '9 h 00',
      [`rappel J-7 « convocations à envoyer », aux instructeurs et administrateurs : ${officers}`],
    ],
    [
      '28 septembre 2021',
      '9 h 00',
      expect.arrayContaining([
        'rappel J-2 « convocations à envoyer » : personne, tout est fait',
      ]) as unknown as string[],
    ],
    ['5 novembre 2021', '9 h 00', ['rappel J-15 « conventions à signer » : 1 personne (Damien Porteuse)']],
    [
      '10 juillet 2023',
      '9 h 00',
      [
        'rappel J+8 « bilans à remettre », aux instructeurs et administrateurs : 4 personnes (Camille Référente, Dominique Référent, Igor Instructeur…)',
      ],
    ],
  ])('reminds, on %s at %s, who has still not done it', (day, hour, said) => {
    expect(at(day, hour)).toEqual(said);
  });

  it('reminds at once who starts late, and tells the answer to a proposal before it expires', () => {
    expect(at('9 août 2021', '11 h 00').at(-1)).toBe(
      'rappel J-7 « dépôt du dossier » : 1 personne (Fabrice Dupont-Exemple)',
    );
    expect(at('20 septembre 2021', '14 h 00').at(-1)).toBe(
      'rappel J-2 « réponse à une proposition de décalage » : 2 personnes (Camille Référente, Maxence Directeur)',
    );
  });

  it('moves dates, reminders, session, calendars, and tells everybody', () => {
    const said = ended.stdout.replace(/ +/g, ' ');
    for (const line of [
      'commission de sélection 26 juillet 2021 à 9 h 30 → 30 septembre 2021 à 9 h 30',
      'commission de sélection 30 septembre 2021 à 9 h 30 → 5 octobre 2021 à 9 h 30',
      '« dates décalées » 5 messages (',
      '« dates décalées » 54 messages (',
      '« séance déplacée » 8 messages (',
      'séance déplacée du 30 septembre 2021 à 9 h 30 au 5 octobre 2021 à 9 h 30 : sa convocation tombe',
      'convocations à envoyer, J-2 23 septembre 2021 à 9 h 00 → 28 septembre 2021 à 9 h 00',
      "déclaration d'intérêts, J-15 parti le 7 septembre 2021 à 9 h 00 → abandonné",
      'évaluations à remettre, J-7 parti le 15 septembre 2021 à 9 h 00 → abandonné',
      'dossiers à décider avant le 2 octobre 2021 à 23 h 59',
      "le serveur de l'ARS reçoit « ScheduleShifted », signature vérifiée",
      '-commission@convergence → le même',
      'DTSTART:20210930T073000Z → DTSTART:20211005T073000Z',
      'SEQUENCE:1 → SEQUENCE:2',
    ])
      expect(said).toContain(line);
  });

  it('shows what is due and at what risk, in the middle of it', () => {
    const [, rows = ''] = /échéance +date +risque[^\n]*\n((?: {48}\S[^\n]*\n)+)/.exec(ended.stdout) ?? [];
    const cells = rows
      .trimEnd()
      .split('\n')
      .map((line) => line.trim().split(/ {2,}/));
    expect(cells.map(([label, , risk, remaining]) => [label, risk, remaining])).toEqual([
      ['réponses aux questions', 'fait', '0'],
      ['dépôt du dossier', 'fait', '0'],
      ["déclaration d'intérêts", 'élevé', '1'],
      ['évaluations à remettre', 'élevé', '1'],
      ['convocations à envoyer', 'fait', '0'],
      ['décisions à prendre', 'faible', '4'],
    ]);
  });

  it('has reminders that add up, kind by kind, with the messages in the outbox it keeps', () => {
    const [, rows = ''] = /échéance +rappels partis[^\n]*\n((?: {48}\S[^\n]*\n)+)/.exec(ended.stdout) ?? [];
    const lines = rows.split('\n').filter((line) => / \d+$/.test(line));
    const table = lines.map((line) => line.trim().split(/ {2,}/));
    const figures = table.map((cells) => cells.slice(1).map(Number));
    const total = figures.pop() ?? [];
    expect(table.map(([label]) => label)).toEqual([
      'dépôt du dossier',
      'réponses aux questions',
      'pièces à compléter',
      "déclaration d'intérêts",
      'évaluations à remettre',
      'convocations à envoyer',
      'réponse à une proposition de décalage',
      'décisions à prendre',
      'conventions à signer',
      'bilans à remettre',
      'total',
    ]);
    const sum = (column: number): number => figures.reduce((all, row) => all + (row[column] ?? NaN), 0);
    const [SENT, VAIN, LAPSED, PEOPLE, MESSAGES, DELIVERED] = [0, 1, 2, 3, 4, 5];
    for (const column of [SENT, VAIN, LAPSED, MESSAGES, DELIVERED]) expect(total[column]).toBe(sum(column));
    expect(total[PEOPLE]).toBeLessThan(sum(PEOPLE));
    const files = readdirSync(outbox()).filter((name) => name.endsWith('.eml'));
    const reminders = files.filter((name) => name.includes('-reminder-'));
    const sent = String(reminders.length);
    expect([total[MESSAGES], total[DELIVERED]]).toEqual([reminders.length, reminders.length]);
    expect(ended.stdout).toContain(`${sent} messages décidés = ${sent} remis = ${sent} rappels dans la boîte d'envoi`);
    expect(ended.stdout).toContain(`${files.length} messages écrits dans la boîte d'envoi, gardée`);
    const told = [
      ...ended.stdout.matchAll(/ rappel [JH][^\n]* : (?:(\d+) personnes? (?:en (\d+) messages )?\(|personne,)/g),
    ];
    expect(told.reduce((all, [, people, messages]) => all + Number(messages ?? people ?? 0), 0)).toBe(reminders.length);
  });

  it('shows one message whole, as it is in its file', () => {
    const [, name = ''] = /un exemple, (\S+\.eml) :/.exec(ended.stdout) ?? [];
    const eml = readFileSync(join(outbox(), name), 'utf8');
    expect(eml).toMatch(/^Content-Type: multipart\/alternative/m);
    const shown = [...ended.stdout.matchAll(/^ +│ ?(.*)$/gm)].map(([, line = '']) => line);
    expect(shown).toContain("C'est à faire avant le 13 août 2021 à 16 h 00 (heure de Paris).");
    expect(eml).toContain(/<(\S+@\S+)>/.exec(shown[0] ?? '')?.[1]);
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
    expect(Number(compared[0]?.[1])).toBeGreaterThan(1800);
  });
});
