/** An operation before it is written: a tree of parts, of which any but one may be left out. */
export interface Plan {
  items: readonly Item[];
  language: 'FR' | 'NL' | 'EN' | 'DE';
  token: boolean;
  /** Whether the same text is asked once more: what the hub keeps of it must not answer for the second. */
  again: 'no' | 'other variables' | 'other language and viewer';
}

export type Item = FieldItem | FragmentItem;

export interface FieldItem {
  kind: 'field';
  /** The type that it is asked of. */
  type: string;
  name: string;
  args: readonly Argument[];
  items: readonly Item[];
  /** Asked under a name of its own, too. */
  renamed: boolean;
  directives: readonly Directive[];
}

export interface FragmentItem {
  kind: 'fragment';
  /** Its type condition; none is the type around it. */
  on: string;
  form: 'inline' | 'inline without type' | 'named' | 'named, twice';
  items: readonly Item[];
  directives: readonly Directive[];
}

export interface Directive {
  name: 'include' | 'skip';
  value: boolean;
  isVariable: boolean;
}

export interface Argument {
  name: string;
  value: unknown;
  form: 'literal' | 'variable' | 'variable without value';
  /** Members of an input object that are variables by themselves. */
  variableMembers?: readonly string[];
}

/** Stands for a cursor of an earlier answer, as the place that it has among them. */
export class CursorPick {
  constructor(
    readonly place: number,
    readonly from: 'this question' | 'another question' | 'nowhere',
  ) {}
}

export function isField(item: Item): item is FieldItem {
  return item.kind === 'field';
}
