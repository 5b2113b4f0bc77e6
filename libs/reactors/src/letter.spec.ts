import { describe, expect, it } from '@jest/globals';
import { paris } from '#calendar/paris.js';
import { saved } from '#domain/application/fixtures.js';
import { noticeKinds } from '#domain/notice/notice.js';
import { noticeRules } from '#domain/notice/notice-rules.js';
import { noticeOf } from './fixtures.js';
import { type Letter, letter } from './letter.js';
import { preview } from './preview.js';
import { templates } from './templates.js';

const SCRIPT = '<script>alert("1")</script>';
const of = (kind: (typeof noticeKinds)[number], changes = {}): Letter => preview(kind, paris, changes) as Letter;

/** As a browser shows it: tags away, entities read. */
const shown = (html: string): string =>
  html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
const wordsOf = (line: string): string =>
  line
    .replace(/^- |^ +|^--$/g, '')
    .replace(/\s+/g, ' ')
    .trim();

/** Every element that is opened is closed, in order. */
function faultsOf(html: string): string[] {
  const open: string[] = [];
  const faults: string[] = [];
  for (const [, end, name = ''] of html.matchAll(/<(\/)?([a-z][a-z0-9]*)[^>]*>/g)) {
    if (['meta', 'hr'].includes(name)) continue;
    if (!end) open.push(name);
    else if (open.pop() !== name) faults.push(name);
  }
  return [...faults, ...open];
}

describe('the templates', () => {
  it('are one for each kind of notice, and no kind has two', () =>
    expect(
      Object.values(templates)
        .map(({ kind }) => kind)
        .sort(),
    ).toEqual([...noticeKinds].sort()));
  it('are examples of the facts they tell of', () => {
    for (const [type, { example }] of Object.entries(templates)) expect(example.at(-1)).toMatchObject({ type });
  });
});

describe.each(noticeKinds)('a message of %s', (kind) => {
  it('says something, and nothing that was not meant for people', () => {
    const { subject, text, html } = of(kind);
    expect(subject).toMatch(/^\p{Lu}.{8,}/u);
    expect(text.split('\n').length).toBeGreaterThan(6);
    for (const part of [subject, text, html]) expect(part).not.toMatch(/undefined|null|\[object|NaN|« »/);
  });

  it('says the same as HTML, word for word', () => {
    const { text, html } = of(kind);
    const page = shown(html);
    expect(
      text
        .split('\n')
        .map(wordsOf)
        .filter((line) => !page.includes(line)),
    ).toEqual([]);
  });

  it('is HTML that a screen reader follows: French, titled, whole, without images', () => {
    const { subject, html } = of(kind);
    expect(html).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(html.match(/<h1>/g)).toHaveLength(1);
    expect(shown(html)).toContain(subject);
    expect(html).toContain('<title>');
    expect(html).not.toMatch(/<img|color:|background/);
    expect(faultsOf(html)).toEqual([]);
  });

  it('runs nothing that somebody wrote', () => {
    const { html } = of(kind, {
      name: SCRIPT,
      organisation: SCRIPT,
      signInCode: SCRIPT,
      call: { id: `"><script>`, title: SCRIPT, documents: [{ code: 'statuts', label: SCRIPT }] },
      url: `https://c.example/"onclick="alert(1)`,
    });
    expect(html).not.toContain('<script');
    expect(html).not.toMatch(/href="[^"]*"[^>]/);
    expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;');
    expect(faultsOf(html)).toEqual([]);
  });

  it('tells how to refuse such messages, if they may be', () => {
    const { text, html } = of(kind);
    const told = 'Ne plus recevoir ces messages : https://convergence.example/api/unsubscribe/exemple';
    expect([text.includes(told), shown(html).includes(told)]).toEqual(
      noticeRules[kind].compulsory ? [false, false] : [true, true],
    );
  });
});

it('no letter is made of a fact that nobody is told of', () => {
  expect(() => letter(noticeOf('receipt', saved))).toThrow('No template tells of DraftSaved.');
});

describe('a list, a code and a link', () => {
  it('are elements of their own', () => {
    expect(of('completion-requested').html).toContain('<ul>\n<li>budget prévisionnel</li>');
    expect(of('sign-in').html).toContain('<p><code>code-d-exemple</code></p>');
    expect(of('receipt').html).toContain(
      '<p>Vérification : <a href="https://convergence.example/api/receipts/AR-0000-0000-0000-0001">https://convergence.example/api/receipts/AR-0000-0000-0000-0001</a></p>',
    );
  });
});
