export { type Binding, Bindings, bind, type RowPolicy } from './bindings.ts';
export {
  type AnyRow,
  connection,
  type Description,
  derived,
  Elements,
  Expression,
  expression,
  Fields,
  fields,
  list,
  NodesById,
  type OrderKey,
  one,
  type Page,
  period,
  type RowRef,
  Rows,
} from './description.ts';
export { mustBeKnown, mustExist } from './must-exist.ts';
export { Reader, type StatementObserver } from './reader.ts';
export { type ReadContext, readThroughSql } from './schema.ts';
export { and, join, literal, raw, type Sql, sql } from './sql.ts';
export { today } from './today.ts';
