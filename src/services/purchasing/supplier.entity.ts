import { defineEntity, p } from '@mikro-orm/core';
import { id, provenance, recordedAt } from '../../database/properties.ts';
import { rowSecurity } from '../../database/row-security.ts';
import { SharedService } from '../service.entity.ts';
import { offerRule } from './purchasing.policy.ts';

export const SupplierSchema = defineEntity({
  name: 'Supplier',
  tableName: 'supplier',
  ...rowSecurity('supplier', offerRule),
  properties: {
    id: id(),
    /** The purchasing service that keeps it: another one that buys from the same company has a record of its own. */
    service: () => p.manyToOne(SharedService),
    /** As it is registered: a company's name is not translated. */
    name: p.string().length(300),
    /** Ten digits of the Belgian register, where it is in there. */
    enterpriseNumber: p.string().length(10).nullable(),
    /** Another register and the number in it, in the terms of OCDS: `GB-COH`, `09506232`. */
    identifierScheme: p.string().length(60).nullable(),
    identifier: p.string().length(200).nullable(),
    website: p.text().nullable(),
    provenance: provenance(),
    createdAt: recordedAt(),
  },
  uniques: [
    { name: 'supplier_enterprise_number_unique', properties: ['service', 'enterpriseNumber'] },
    { name: 'supplier_identifier_unique', properties: ['service', 'identifierScheme', 'identifier'] },
  ],
  indexes: [{ properties: ['service', 'name', 'id'] }],
  checks: [
    { name: 'supplier_name', expression: `name ~ '\\S'` },
    {
      name: 'supplier_enterprise_number',
      expression: `enterprise_number is null or case when enterprise_number ~ '^[01][0-9]{9}$' then right(enterprise_number, 2)::int = 97 - (left(enterprise_number, 8)::int % 97) else false end`,
    },
    {
      name: 'supplier_identifier_whole',
      expression: '(identifier is null) = (identifier_scheme is null)',
    },
  ],
});
/** A company that supplies a purchasing service: what a principal with the role SUPPLIER stands for. */
export class Supplier extends SupplierSchema.class {}
SupplierSchema.setClass(Supplier);
