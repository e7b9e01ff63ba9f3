export { type Binding, Bindings, bind } from './bindings.ts';
export { toldBy } from './describe.ts';
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
export { type Execution, Executor, type OperationRequest, type ReadContext } from './executor.ts';
export { JsonText, stringifyResult } from './json-text.ts';
export { mustBeKnown, mustExist } from './must-exist.ts';
export { oneOf } from './one-of.ts';
export { TELLS_COST } from './plan.ts';
export { Reader, type ReaderOptions, type StatementObserver } from './reader.ts';
export { type RowPolicy, waysFor } from './row-policy.ts';
export { NEEDS, readThroughSql } from './schema.ts';
export { and, executable, join, literal, raw, type Sql, sql } from './sql.ts';
export { today } from './today.ts';
