import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';

/*
 * The published schemas of OCDS 1.1 with the extensions that the hub uses, as ocds-schema/NOTICE.md says, and stricter in
 * one way: what neither the standard nor an extension has is refused, but for what the hub adds on purpose.
 */

type Json = { [key: string]: unknown };

/** As far as it is used here: the packages are CommonJS, whose types do not say what stands in `default`. */
interface Validator {
  addSchema(schema: unknown): void;
  compile(schema: unknown): { (document: unknown): boolean; errors?: ErrorObject[] | null };
}
const require = createRequire(import.meta.url);
const Ajv = require('ajv-draft-04').default as new (options: object) => Validator;
const addFormats = require('ajv-formats').default as (ajv: Validator) => void;

const FOLDER = new URL('ocds-schema/', import.meta.url);
const read = (name: string): Json => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

/** JSON merge patch (RFC 7396): how an extension changes a schema. */
function patched(schema: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(schema) ? { ...schema } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete result[key];
    else result[key] = patched(result[key], value);
  }
  return result;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same, with every object closed to fields that it does not name. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (!isObject(schema)) return schema;
  const result = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  return isObject(result.properties) ? { ...result, additionalProperties: false } : result;
}

/** The hub says of what is made up that it is, and translates the titles of lots as those of tenders. */
const OWN_RELEASE = { properties: { provenance: { enum: ['SYNTHETIC', 'REPORTED'] } } };
const OWN_PACKAGE = { properties: { notice: { type: 'string' } } };
const OWN_LOT = {
  definitions: { Lot: { patternProperties: { '^title_(fr|nl|en|de)$': { type: 'string' } } } },
};

const release = [
  read('ocds_lots_extension'),
  read('ocds_techniques_extension'),
  OWN_RELEASE,
  OWN_LOT,
].reduce<unknown>(patched, read('release-schema'));
const releasePackage = [read('ocds_pagination_extension'), OWN_PACKAGE].reduce<unknown>((schema, patch) => {
  const { required, ...rest } = patch as Json;
  return patched(schema, rest);
}, read('release-package-schema'));
const recordPackage = patched(read('record-package-schema'), OWN_PACKAGE);

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(read('versioned-release-validation-schema'));
ajv.addSchema(closed(release));
const validators = {
  releases: ajv.compile(closed(releasePackage)),
  records: ajv.compile(closed(recordPackage)),
};

/** What is wrong with a package, place by place; nothing where it is valid. */
export function faults(of: keyof typeof validators, document: unknown): string[] {
  const validate = validators[of];
  return validate(document)
    ? []
    : (validate.errors ?? []).map(
        (error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`,
      );
}
