import type { Type } from '@nestjs/common';
import { Type as Typed } from 'class-transformer';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { stringify } from 'csv-stringify/sync';
import { type Asked, type Condition, containing, oneOf, type Page } from '#read-models/listing.js';
import { OneOf, Optional, Text, Whole } from './fields.js';

/** What every list can be asked; each names its own sorts and filters. */
export class ListQuery {
  /** Rows of a page: 50 where it is left out, 10 000 for CSV. */
  @Optional() @Typed(() => Number) @Whole(1, 200) limit?: number;
  /** `next` of the page before. */
  @Optional() @Text(1, 500) cursor?: string;
  sort?: string;
  @Optional() @OneOf(['asc', 'desc']) order?: string;
  /** Words to look for. */
  @Optional() @Text(1, 200) q?: string;
}

const CSV_ROWS = 10_000;

export function pageOf(query: ListQuery, request: FastifyRequest, where: readonly Condition[], sort: string): Asked {
  const { cursor } = query;
  return {
    where,
    sort: query.sort ?? sort,
    descending: query.order === 'desc',
    limit: query.limit ?? (wantsCsv(request) ? CSV_ROWS : 50),
    ...(cursor !== undefined && { cursor }),
  };
}

/** A filter that may be left out. */
export const equal = (column: string, value: string | undefined): Condition[] =>
  value === undefined ? [] : [oneOf(column, [value])];

/** Where `q` was typed, in a `searchable` text. */
export const searching = (column: string, q: string | undefined): Condition[] =>
  q === undefined ? [] : [containing(column, q)];

const wantsCsv = ({ headers }: FastifyRequest): boolean => /\btext\/csv\b/.test(headers.accept ?? '');

/** JSON, or CSV (RFC 4180, UTF-8) where it is asked for, with the columns of its row class; no cell starts a formula. */
export function sendList<Row extends object>(
  found: Page<Row>,
  row: Type<Row>,
  request: FastifyRequest,
  reply: FastifyReply,
): Page<Row> | string {
  if (!wantsCsv(request)) return found;
  if (found.next !== undefined) {
    const url = new URL(request.url, 'http://localhost');
    url.searchParams.set('cursor', found.next);
    void reply.header('link', `<${url.pathname}${url.search}>; rel="next"`);
  }
  void reply.header('content-type', 'text/csv; charset=utf-8');
  return stringify(found.items, {
    header: true,
    columns: documentedFields(row),
    escape_formulas: true,
    cast: { boolean: (value) => (value ? 'oui' : 'non') },
  });
}

/** What the OpenAPI document says a row has, in its order: an empty list has its columns too. */
const documentedFields = (row: Type & { _OPENAPI_METADATA_FACTORY?: () => object }): string[] =>
  Object.keys(row._OPENAPI_METADATA_FACTORY?.() ?? {});
