import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import { Readable } from 'node:stream';
import type { Fault } from '#domain/decider.js';
import { Problem } from './problem.js';
import { type Class, quickCheck } from './schemas.js';

/** The request can't be read as asked; every fault at once, each with its field. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';
  constructor(readonly faults: readonly Fault[]) {
    super('Invalid input');
  }
}

/** Bodies and queries are what their class says, and nothing more. */
@Injectable()
export class ValidationPipe implements PipeTransform {
  transform(value: unknown, { type, metatype }: ArgumentMetadata): unknown {
    if ((type !== 'body' && type !== 'query') || !isClass(metatype)) return value;
    if (type === 'query') return checkedQuery(metatype, value as object | undefined);
    if (value instanceof Readable) throw new Problem(415, 'MediaTypeRefused', jsonWanted);
    const faults = faultsOf(metatype, value ?? {});
    if (faults.length > 0) throw new InvalidInput(faults);
    return value ?? {};
  }
}

const jsonWanted = 'Envoyez un corps de type application/json.';

const isClass = (metatype: ArgumentMetadata['metatype']): metatype is Class =>
  metatype !== undefined && metatype !== Object && metatype !== String;

/** None where the body is valid; the compiled check answers for nearly all that are. */
export function faultsOf(type: Class, body: unknown): Fault[] {
  return quickCheck(type)(body) ? [] : slowFaultsOf(type, body);
}

/** The same answer from class-validator, with its words. */
export function slowFaultsOf(type: Class, body: unknown): Fault[] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return [{ field: '', code: 'isObject', message: 'Le corps de la requête doit être un objet JSON.' }];
  }
  const strange = strangers(body, '', 1);
  return strange.length > 0 ? strange : flatten(check(plainToInstance(type, body)), '');
}

const MOST_LEVELS = 12;

/** What class-transformer must never meet: it calls whatever is named `constructor`, and goes down any depth. */
function strangers(value: object, path: string, level: number): Fault[] {
  if (level > MOST_LEVELS) return [{ field: path, code: 'isShallow', message: 'Cet objet a trop de niveaux.' }];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const field = pathOf(path, name);
    if (name in Object.prototype) return [{ field, code: 'whitelistValidation', message: unexpected }];
    return typeof inner === 'object' && inner !== null ? strangers(inner, field, level + 1) : [];
  });
}

const unexpected = "Ce champ n'est pas attendu.";
const pathOf = (path: string, name: string): string =>
  /^\d+$/.test(name) ? `${path}[${name}]` : path ? `${path}.${name}` : name;

function checkedQuery(type: Class, value: object | null | undefined): object {
  const strange = strangers(value ?? {}, '', 1);
  if (strange.length > 0) throw new InvalidInput(strange);
  const query = plainToInstance(type, value ?? {}, { exposeUnsetFields: false });
  const faults = flatten(check(query), '');
  if (faults.length > 0) throw new InvalidInput(faults);
  return query;
}

const check = (instance: object): ValidationError[] =>
  validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });

function flatten(errors: readonly ValidationError[], path: string): Fault[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = pathOf(path, property);
    const own = Object.entries(constraints)
      .map(([code, message]): Fault => ({ field, code, message: french(code, message) }))
      .filter(({ message }, index, all) => all.findIndex((fault) => fault.message === message) === index);
    return [...own, ...flatten(children, field)];
  });
}

function french(code: string, message: string): string {
  if (code === 'whitelistValidation') return unexpected;
  const sentence = message.replace(/^each value in /, 'chaque élément ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
