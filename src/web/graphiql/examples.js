import { Kind, parse } from 'graphql';

// Taken in at build time; keys are paths, values the text of the files.
const queries = import.meta.glob('../../../schema/operations/*.graphql', {
  query: '?raw',
  import: 'default',
  eager: true,
});
const variables = import.meta.glob('../../../schema/operations/*.variables.json', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The saved operations, in the order of their file names. */
export const examples = Object.entries(queries)
  .map(([path, text]) => {
    const query = text.trim();
    const file = path.slice(path.lastIndexOf('/') + 1, -'.graphql'.length);
    const operation = firstOperation(query);
    return {
      file,
      title: readable(operation?.name?.value ?? file.replace(/^\d+[-_.]?/, '')),
      kind: operation?.operation ?? 'query',
      description: leadingComment(query),
      query,
      variables: (variables[path.replace(/\.graphql$/, '.variables.json')] ?? '').trim(),
    };
  })
  .sort((a, b) => a.file.localeCompare(b.file, 'en', { numeric: true }));

function firstOperation(query) {
  try {
    return parse(query).definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  } catch {
    // A file with a mistake stays in the list: the editor shows what is wrong with it.
    return undefined;
  }
}

/** The comment at the top of the file, up to its first empty line. */
function leadingComment(query) {
  const lines = [];
  for (const line of query.split('\n')) {
    const text = /^\s*#+\s*(.*)$/.exec(line)?.[1];
    if (!text) break;
    lines.push(text.trim());
  }
  return lines.join(' ');
}

/** `PartnersOfNISCode` becomes "Partners of NIS code". */
function readable(name) {
  const words = name.split(/[-_\s]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/).filter(Boolean);
  const text = words.map((word) => (/^[A-Z]{2,}\d*$/.test(word) ? word : word.toLowerCase())).join(' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}
