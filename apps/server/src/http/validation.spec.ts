import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { getMetadataStorage } from 'class-validator';
import fc from 'fast-check';
import '../app.module.js';
import { bodies, valid } from './arbitraries.js';
import { bodySchemas, type Class, quickCheck } from './schemas.js';
import { faultsOf, slowFaultsOf } from './validation.js';

const schemas = bodySchemas();
const { validationMetadatas } = getMetadataStorage() as unknown as { validationMetadatas: Map<Class, unknown> };
const classes = [...validationMetadatas.keys()].filter(({ name }) => name.endsWith('Body'));
const schemaOf = (type: Class) => schemas[type.name] ?? {};
const says = (type: Class, body: unknown) => ({
  quick: quickCheck(type)(body),
  slow: slowFaultsOf(type, body).length === 0,
});

describe('the compiled check and class-validator', () => {
  it('know every body', () => {
    expect(classes.length).toBeGreaterThan(60);
    expect(classes.filter(({ name }) => !schemas[name])).toEqual([]);
  });

  it.each(classes.map((type) => [type.name, type] as const))('both accept every valid %s', (_, type) => {
    fc.assert(
      fc.property(valid(schemaOf(type), schemas), (body) => {
        expect({ ...says(type, body), faults: slowFaultsOf(type, body) }).toEqual({
          quick: true,
          slow: true,
          faults: [],
        });
      }),
      { numRuns: 25 },
    );
  });

  it.each(classes.map((type) => [type.name, type] as const))('agree on whatever comes as %s', (_, type) => {
    fc.assert(
      fc.property(bodies(schemaOf(type), schemas), (body) => {
        const { quick, slow } = says(type, body);
        expect([JSON.stringify(body), quick]).toEqual([JSON.stringify(body), slow]);
      }),
      { numRuns: 100 },
    );
  });

  it('answers with every fault and its field, in French', () => {
    const [amounts] = classes.filter(({ name }) => name === 'BudgetLineBody');
    const faults = faultsOf(amounts as Class, { account: '6', amountCents: 1.5, surplus: true });
    expect(faults.map(({ field }) => field).sort()).toEqual(['account', 'amountCents', 'label', 'surplus']);
    expect(faults.find(({ field }) => field === 'surplus')?.message).toBe("Ce champ n'est pas attendu.");
    expect(faults.find(({ field }) => field === 'amountCents')?.message).toMatch(/^Doit être un nombre entier de/);
  });
});
