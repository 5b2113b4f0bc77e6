import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { counted, isBlank } from '#domain/texts.js';

/*
 * The fields of request bodies, each with its French fault. `schemas.ts` gives every one its JSON Schema; both
 * say the same, which validation.spec.ts proves.
 */

const field =
  (...decorators: PropertyDecorator[]): PropertyDecorator =>
  (target, key) =>
    decorators.forEach((decorate) => decorate(target, key));

/** May be left out; null is not leaving it out. */
export const Optional = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);

/** A text of so many characters, without control characters other than line breaks and tabs; blanks alone are none. */
export const Text = (min: number, max: number, options: { each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isText',
      constraints: [min, max],
      validator: {
        validate: (value) => isText(value) && withinCharacters(value, min, max) && (min === 0 || !isBlank(value)),
        defaultMessage: (told) =>
          isText(told?.value) && min > 0 && isBlank(told.value)
            ? 'doit être rempli'
            : `doit être un texte de ${min} à ${counted(max, 'caractère')}, sans caractère de contrôle`,
      },
    },
    options,
  );

const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
// One look for both: halves of surrogate pairs are rare, and only then is it asked whether they are whole.
const suspect = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ud800-\udfff]/;
export const isText = (value: unknown): value is string =>
  typeof value === 'string' && (!suspect.test(value) || (!control.test(value) && value.isWellFormed()));

/** Characters as people count them, code points, like JSON Schema. */
function withinCharacters(text: string, min: number, max: number): boolean {
  const length = text.length <= max && text.length >= 2 * min ? text.length : [...text].length;
  return length >= min && length <= max;
}

/** One text of a fixed form. */
export const Matching = (pattern: RegExp, said: string, options: { each?: boolean } = {}): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isMatching',
      constraints: [pattern],
      validator: {
        validate: (value) => typeof value === 'string' && pattern.test(value),
        defaultMessage: () => `doit être ${said}`,
      },
    },
    options,
  );

/** An id of ours, or an identifier of the field such as a SIRET. */
export const Id = (): PropertyDecorator => Matching(/^[A-Za-z0-9-]{1,64}$/, 'un identifiant');

const instantPattern = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;
export const isInstant = (value: unknown): boolean =>
  typeof value === 'string' &&
  instantPattern.test(value) &&
  isDay(value.slice(0, 10)) &&
  !Number.isNaN(Date.parse(value));
export const isDay = (value: unknown): boolean => {
  if (typeof value !== 'string' || !/^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(value)) return false;
  const date = new Date(`${value}T00:00:00Z`);
  // The 31st of a month that has 30 days would be the 1st of the next.
  return date.getUTCDate() === Number(value.slice(8));
};

/** An instant, ISO 8601 with its offset. */
export const AnInstant = (): PropertyDecorator =>
  ValidateBy({
    name: 'isInstant',
    validator: {
      validate: isInstant,
      defaultMessage: () => 'doit être un instant ISO 8601 avec son décalage, comme 2021-08-13T16:00:00+02:00',
    },
  });

/** A calendar day. */
export const ADay = (): PropertyDecorator =>
  ValidateBy({
    name: 'isDay',
    validator: { validate: isDay, defaultMessage: () => 'doit être une date, comme 2021-08-13' },
  });

/** What a browser takes for an address (WHATWG HTML); whether it is one, the message that is sent there tells. */
const email =
  /^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+$/;
export const AnEmail = (): PropertyDecorator => Matching(email, 'une adresse électronique, comme nom@domaine.fr');

export const OneOf = (values: readonly string[], options: { each?: boolean } = {}): PropertyDecorator =>
  IsIn(values, { ...options, message: `doit être l'une de ces valeurs : ${values.join(', ')}` });

export const Whole = (min: number, max: number): PropertyDecorator => {
  const message = `doit être un nombre entier de ${min} à ${max}`;
  return field(IsInt({ message }), Min(min, { message }), Max(max, { message }));
};

/** A whole number, or null where it is said that there is none. */
export const WholeOrNull = (min: number, max: number): PropertyDecorator =>
  ValidateBy({
    name: 'isWholeOrNull',
    constraints: [min, max],
    validator: {
      validate: (value) => value === null || (Number.isInteger(value) && value >= min && value <= max),
      defaultMessage: () => `doit être un nombre entier de ${min} à ${max}, ou null`,
    },
  });

/** Euro cents, up to ten billion euros. */
export const Amount = (min = 0): PropertyDecorator => Whole(min, 1_000_000_000_000);

export const Flag = (): PropertyDecorator => IsBoolean({ message: 'doit être vrai ou faux' });

const sized = (min: number, max: number): PropertyDecorator[] => {
  const message = `doit être une liste de ${min} à ${counted(max, 'élément')}`;
  return [IsArray({ message }), ArrayMinSize(min, { message }), ArrayMaxSize(max, { message })];
};

export const Texts = (size: { min?: number; max: number }, characters: number): PropertyDecorator =>
  field(...sized(size.min ?? 0, size.max), Text(1, characters, { each: true }));

export const Choices = (size: { min?: number; max: number }, values: readonly string[]): PropertyDecorator =>
  field(...sized(size.min ?? 0, size.max), OneOf(values, { each: true }));

export const AllMatching = (size: { min?: number; max: number }, pattern: RegExp, said: string): PropertyDecorator =>
  field(...sized(size.min ?? 0, size.max), Matching(pattern, said, { each: true }));

const message = 'doit être un objet';
export const Part = (type: () => new () => object): PropertyDecorator =>
  field(ValidateNested({ message }), ValidateBy(anObject), Type(type));

export const Parts = (size: { min?: number; max: number }, type: () => new () => object): PropertyDecorator =>
  field(
    ...sized(size.min ?? 0, size.max),
    ValidateNested({ each: true, message }),
    ValidateBy(anObject, { each: true }),
    Type(type),
  );

const anObject = {
  name: 'isPart',
  validator: {
    validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value),
    defaultMessage: () => message,
  },
};
