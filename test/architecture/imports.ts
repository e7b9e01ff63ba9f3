import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** One import or re-export of a file. */
export interface Import {
  file: string;
  /** Path from the project for a file of ours, e.g. `src/errors.ts`; else the name of the package. */
  target: string;
  /** Erased by the compiler: nothing of it is left when the hub runs. */
  typeOnly: boolean;
  names: string[];
}

export interface SourceFile {
  path: string;
  imports: Import[];
  syntax: ts.SourceFile;
}

/** A file as its text says, without looking at any other file. */
export function sourceFile(path: string, text: string): SourceFile {
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const add = (specifier: ts.Node, typeOnly: boolean, names: string[]): void => {
    if (!ts.isStringLiteralLike(specifier)) throw new Error(`${path} imports what only a run can tell`);
    const { text: name } = specifier;
    const target = name.startsWith('.') ? normalize(join(dirname(path), name)) : name;
    imports.push({ file: path, target, typeOnly, names });
  };
  visit(syntax, (node) => {
    if (ts.isImportDeclaration(node)) {
      const bindings = node.importClause?.namedBindings;
      const elements = bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
      const others = (node.importClause?.name ? 1 : 0) + (bindings && ts.isNamespaceImport(bindings) ? 1 : 0);
      const onlyTypes =
        elements.length > 0 && others === 0 && elements.every((element) => element.isTypeOnly);
      add(
        node.moduleSpecifier,
        Boolean(node.importClause?.isTypeOnly) || onlyTypes,
        elements.map((element) => (element.propertyName ?? element.name).text),
      );
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      const elements =
        node.exportClause && ts.isNamedExports(node.exportClause) ? [...node.exportClause.elements] : [];
      const onlyTypes = elements.length > 0 && elements.every((element) => element.isTypeOnly);
      add(
        node.moduleSpecifier,
        node.isTypeOnly || onlyTypes,
        elements.map((element) => (element.propertyName ?? element.name).text),
      );
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0] as ts.Node, false, []);
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      add(node.argument.literal, true, []);
    }
  });
  return { path, imports, syntax };
}

/** Every TypeScript file that the hub is made of; tests beside the sources are not. */
export function sourceFiles(): SourceFile[] {
  return ['src', 'seeds', 'migrations'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      .map((path) => join(folder, path))
      .sort()
      .map((path) => sourceFile(path, readFileSync(join(ROOT, path), 'utf8'))),
  );
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  node.forEachChild((child) => visit(child, see));
}

/** Names that a file takes from an object, as in `em.execute(…)`. */
export function membersUsed(file: SourceFile): Set<string> {
  const used = new Set<string>();
  visit(file.syntax, (node) => {
    if (ts.isPropertyAccessExpression(node)) used.add(node.name.text);
    else if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
      used.add(node.argumentExpression.text);
    } else if (ts.isBindingElement(node)) used.add((node.propertyName ?? node.name).getText());
  });
  return used;
}

/** Ways that lead from a file back to itself, each once. */
export function cycles(edges: ReadonlyMap<string, readonly string[]>): string[] {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (file: string, way: readonly string[]): void => {
    const before = way.indexOf(file);
    if (before >= 0) found.add([...way.slice(before), file].join(' → '));
    if (before >= 0 || done.has(file)) return;
    for (const next of edges.get(file) ?? []) walk(next, [...way, file]);
    done.add(file);
  };
  for (const file of edges.keys()) walk(file, []);
  return [...found];
}
