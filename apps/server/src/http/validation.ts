import { type ArgumentMetadata, Injectable, type PipeTransform } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync, type ValidationError } from 'class-validator';
import type { Fault } from '#domain/decider.js';
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
    if (type === 'query') return checkedQuery(metatype, value);
    const faults = faultsOf(metatype, value ?? {});
    if (faults.length > 0) throw new InvalidInput(faults);
    return value ?? {};
  }
}

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
  const reserved = inherited(body, '');
  return reserved.length > 0 ? reserved : flatten(check(plainToInstance(type, body)), '');
}

/** Fields called `constructor` and the like, which class-transformer trips over, or drops before they are refused. */
function inherited(value: unknown, path: string): Fault[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = pathTo(path, name);
    return name in Object.prototype ? [unexpected(field)] : inherited(inner, field);
  });
}

const unexpected = (field: string): Fault => ({
  field,
  code: 'whitelistValidation',
  message: "Ce champ n'est pas attendu.",
});

const pathTo = (path: string, name: string): string =>
  /^\d+$/.test(name) ? `${path}[${name}]` : path ? `${path}.${name}` : name;

function checkedQuery(type: Class, value: unknown): object {
  const reserved = inherited(value, '');
  if (reserved.length > 0) throw new InvalidInput(reserved);
  const query = plainToInstance(type, value ?? {}, { exposeUnsetFields: false });
  const faults = flatten(check(query), '');
  if (faults.length > 0) throw new InvalidInput(faults);
  return query;
}

const check = (instance: object): ValidationError[] =>
  validateSync(instance, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: false });

function flatten(errors: readonly ValidationError[], path: string): Fault[] {
  return errors.flatMap(({ property, constraints = {}, children = [] }) => {
    const field = pathTo(path, property);
    const own = Object.entries(constraints).map(([code, message]): Fault => ({
      field,
      code,
      message: french(code, message),
    }));
    return [...own, ...flatten(children, field)];
  });
}

function french(code: string, message: string): string {
  if (code === 'whitelistValidation') return "Ce champ n'est pas attendu.";
  const sentence = message.replace(/^each value in /, 'chaque élément ');
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
